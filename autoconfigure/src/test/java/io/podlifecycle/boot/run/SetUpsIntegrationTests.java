package io.podlifecycle.boot.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.boot.shutdown.DrainedEvent;
import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * However an application is set up, the request that it has in hand when its context is
 * closed is answered, and the end is told once.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@Tag("full")
class SetUpsIntegrationTests {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final int port = FreePort.next();

	@ParameterizedTest
	@ValueSource(strings = { "spring.main.banner-mode=off", "spring.main.lazy-initialization=true",
			"spring.threads.virtual.enabled=true", "pod-lifecycle.startup.early-probes.enabled=true" })
	void finishesWhatItHasInHand(String property) throws Exception {
		assertFinishesWhatItHasInHand(new SpringApplicationBuilder(Application.class), property);
	}

	@Test
	void aChildContextOfItsOwnFinishesToo() throws Exception {
		assertFinishesWhatItHasInHand(
				new SpringApplicationBuilder(Parent.class).web(WebApplicationType.NONE).child(Application.class));
	}

	@Test
	void isTheSameWhenTheContextIsStartedAgain() throws Exception {
		finishesWhatItHasInHand("spring.main.banner-mode=off");
		finishesWhatItHasInHand("spring.main.banner-mode=off");
	}

	@Test
	void leavesNoThreadBehind() throws Exception {
		Set<Thread> others = Thread.getAllStackTraces().keySet();
		ConfigurableApplicationContext context = run(new SpringApplicationBuilder(Application.class));
		context.close();
		for (Thread thread : Thread.getAllStackTraces().keySet()) {
			if (thread.getName().startsWith("pod-lifecycle-") && !others.contains(thread)) {
				// Less than the grace period, at whose end all of them end anyway.
				thread.join(60_000);
				assertThat(thread.isAlive()).as(thread.getName()).isFalse();
			}
		}
	}

	/** The negative control. */
	@Test
	void switchedOffItTellsNothing() throws Exception {
		ConfigurableApplicationContext context = run(new SpringApplicationBuilder(Application.class),
				"pod-lifecycle.enabled=false");
		Application application = context.getBean(Application.class);
		context.close();
		assertThat(application.ends).isEmpty();
	}

	private void assertFinishesWhatItHasInHand(SpringApplicationBuilder builder, String... properties)
			throws Exception {
		try (ConfigurableApplicationContext context = run(builder, properties)) {
			Application application = context.getBean(Application.class);
			CompletableFuture<HttpResponse<String>> slow = HTTP.sendAsync(request("/slow"),
					HttpResponse.BodyHandlers.ofString());
			assertThat(application.arrived.await(60, TimeUnit.SECONDS)).isTrue();
			CompletableFuture<Void> close = CompletableFuture.runAsync(context::close);
			assertThat(application.refused.await(60, TimeUnit.SECONDS)).isTrue();
			application.goOn.countDown();
			assertThat(slow.get(60, TimeUnit.SECONDS).body()).isEqualTo("done");
			close.get(60, TimeUnit.SECONDS);
			assertThat(application.ends).singleElement().satisfies((end) -> {
				assertThat(end.getReport().work().inFlight()).isZero();
				assertThat(end.getReport().problems()).isEmpty();
			});
		}
	}

	private ConfigurableApplicationContext run(SpringApplicationBuilder builder, String... properties)
			throws IOException, InterruptedException {
		List<String> arguments = new ArrayList<>(
				List.of("--server.port=" + this.port, "--management.endpoint.health.probes.add-additional-paths=true"));
		for (String property : properties) {
			arguments.add("--" + property);
		}
		ConfigurableApplicationContext context = builder.registerShutdownHook(false)
			.run(arguments.toArray(String[]::new));
		assertThat(HTTP.send(request("/readyz"), HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(200);
		return context;
	}

	private HttpRequest request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.version(HttpClient.Version.HTTP_1_1)
			.build();
	}

	@Configuration(proxyBeanMethods = false)
	static class Parent {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Application {

		final CountDownLatch arrived = new CountDownLatch(1);

		final CountDownLatch refused = new CountDownLatch(1);

		final CountDownLatch goOn = new CountDownLatch(1);

		final List<DrainedEvent> ends = new CopyOnWriteArrayList<>();

		@GetMapping("/slow")
		String slow() throws InterruptedException {
			this.arrived.countDown();
			assertThat(this.goOn.await(60, TimeUnit.SECONDS)).isTrue();
			return "done";
		}

		@EventListener
		void onReadiness(AvailabilityChangeEvent<ReadinessState> event) {
			if (event.getState() == ReadinessState.REFUSING_TRAFFIC) {
				this.refused.countDown();
			}
		}

		@EventListener
		void onEnd(DrainedEvent event) {
			this.ends.add(event);
		}

	}

}

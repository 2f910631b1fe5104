package io.podlifecycle.boot.run;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.boot.shutdown.ApplicationSupervision;
import io.podlifecycle.boot.startup.StartupWait;
import io.podlifecycle.rehearsal.process.FreePort;
import io.podlifecycle.shutdown.GracefulShutdown;
import io.podlifecycle.shutdown.LifecycleState;
import io.podlifecycle.shutdown.SupervisedApplication;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.Ordered;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The order in which the parts of the library come to life, and what becomes of a start
 * that is cancelled.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@ExtendWith(OutputCaptureExtension.class)
class PodLifecycleRunListenerIntegrationTests {

	private final List<String> events = new ArrayList<>();

	@Test
	void theSupervisorIsThereBeforeBeansAndTheWaitAfterAllListeners() {
		try (ConfigurableApplicationContext context = run(Application.class, new Watcher())) {
			assertThat(this.events).containsExactly("ApplicationPreparedEvent: WAITING, no wait",
					"ApplicationReadyEvent: STARTING, wait");
			assertThat(context.getBean(Recorder.class).state).isEqualTo(LifecycleState.REFRESHING);
			SupervisedApplication application = context.getBean(SupervisedApplication.class);
			assertThat(application.lifecycle().state()).isEqualTo(LifecycleState.READY);
			assertThat(application.isSignalHandlerMissing()).isFalse();
			assertThat(supervisingThreads()).isEqualTo(1);
		}
		await().untilAsserted(() -> assertThat(supervisingThreads()).isZero());
	}

	/** Once before there are beans, and once for the beans. */
	@Test
	void noPropertyIsBoundMoreOftenThanNeeded() {
		Map<String, Integer> reads = new HashMap<>();
		Map<String, Object> properties = new HashMap<>(
				Map.of("pod-lifecycle.startup.timeout", "60s", "pod-lifecycle.startup.dependencies.none.uri",
						"tcp://localhost:1", "pod-lifecycle.startup.dependencies.none.gate", "readiness",
						"pod-lifecycle.shutdown.termination-message.path", "/nowhere")) {

			@Override
			public @Nullable Object get(Object key) {
				Object value = super.get(key);
				if (value != null) {
					reads.merge(key.toString(), 1, Integer::sum);
				}
				return value;
			}

		};
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("file", properties));
		application.setEnvironment(environment);
		application.run().close();
		assertThat(reads).containsEntry("pod-lifecycle.startup.timeout", 2)
			.containsEntry("pod-lifecycle.shutdown.termination-message.path", 2);
	}

	@Test
	void aStartThatIsCancelledEndsWithTheBeanAtHand(CapturedOutput output) {
		int port = FreePort.next();
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> run(Cancelled.class, new Watcher(), "--server.port=" + port))
			.havingRootCause()
			.withMessageStartingWith("The application is being stopped: bean '");
		assertThat(output).contains("The start ends on the preStop hook: bean '")
			.doesNotContain("APPLICATION FAILED TO START", "Application run failed");
		assertThat(Cancelled.CREATED).containsExactly("first");
		assertThat(isFree(port)).isTrue();
		await().untilAsserted(() -> assertThat(supervisingThreads()).isZero());
	}

	@Test
	void aStartThatHasFailedIsAnalyzedAndTheHandlerIsGone(CapturedOutput output) {
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> run(Application.class, new Watcher(), "--pod-lifecycle.startup.await-health=nobody"))
			.havingRootCause()
			.withMessageContaining("pod-lifecycle.startup.await-health");
		assertThat(output).contains("APPLICATION FAILED TO START");
		await().untilAsserted(() -> assertThat(supervisingThreads()).isZero());
	}

	private static ConfigurableApplicationContext run(Class<?> source, ApplicationListener<?> listener,
			String... arguments) {
		SpringApplication application = new SpringApplication(source);
		application.addListeners(listener);
		if (arguments.length == 0 || !arguments[0].startsWith("--server")) {
			application.setWebApplicationType(WebApplicationType.NONE);
		}
		return application.run(arguments);
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port)) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static long supervisingThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("pod-lifecycle-supervisor"))
			.count();
	}

	/** The last of all listeners, as Docker Compose support may be. */
	private final class Watcher implements ApplicationListener<SpringApplicationEvent>, Ordered {

		@Override
		public int getOrder() {
			return Ordered.LOWEST_PRECEDENCE;
		}

		@Override
		public void onApplicationEvent(SpringApplicationEvent event) {
			if (event instanceof ApplicationPreparedEvent prepared) {
				note(event, prepared.getApplicationContext());
			}
			else if (event instanceof ApplicationReadyEvent ready) {
				note(event, ready.getApplicationContext());
			}
		}

		private void note(SpringApplicationEvent event, ConfigurableApplicationContext context) {
			boolean waits = context.getBeanFactory().getSingleton("podLifecycleStartupWait") instanceof StartupWait;
			PodLifecycleRunListenerIntegrationTests.this.events.add(event.getClass().getSimpleName() + ": "
					+ ApplicationSupervision.of(context).application().lifecycle().state() + ", "
					+ (waits ? "wait" : "no wait"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Recorder recorder(SupervisedApplication application) {
			return new Recorder(application.lifecycle().state());
		}

	}

	record Recorder(LifecycleState state) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Cancelled {

		static final List<String> CREATED = new ArrayList<>();

		/** What SIGTERM does to a start, without the signal. */
		@Bean
		InitializingBean first(SupervisedApplication application) {
			return () -> {
				CREATED.add("first");
				application.preStop();
			};
		}

		@Bean
		@DependsOn("first")
		InitializingBean second(GracefulShutdown shutdown) {
			return () -> CREATED.add("second " + shutdown.report());
		}

	}

}

package io.podlifecycle.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;
import io.podlifecycle.rehearsal.Rehearsal;
import io.podlifecycle.rehearsal.load.Failure;
import io.podlifecycle.rehearsal.node.Dependency;
import io.podlifecycle.rehearsal.pod.PodSpec;
import io.podlifecycle.rehearsal.rollout.EndpointChange;
import io.podlifecycle.rehearsal.rollout.LoadSlice;
import io.podlifecycle.rehearsal.rollout.PodEvent.Kind;
import io.podlifecycle.rehearsal.rollout.Rollout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static io.podlifecycle.rehearsal.assertj.RolloutAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to the fortune server while the application serves, and what the
 * application makes of it. Two at a time, since they wait more than they work.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("full")
@Execution(ExecutionMode.CONCURRENT)
class DependencyIntegrationTests {

	/** Longer than the library lets the JVM keep an address, and shorter than the JVM. */
	private static final Duration WATCH = Duration.ofSeconds(12);

	private static final String GATE = "--pod-lifecycle.startup.dependencies.gate.";

	private final HttpServer fortunes = fortuneServer();

	@AfterEach
	void stop() {
		this.fortunes.stop(0);
	}

	@Test
	void aFortuneServerThatHasMovedIsFoundAgainSoon() {
		LoadSlice last = last(moved("true"));
		assertThat(last.requests()).isPositive();
		assertThat(last.failed()).isZero();
	}

	@Test
	void withoutTheLibraryItIsNotFound() {
		LoadSlice last = last(moved("false"));
		assertThat(last.requests()).isPositive();
		assertThat(last.failed()).isEqualTo(last.requests());
	}

	private static LoadSlice last(Rollout rollout) {
		assertThat(rollout).hasFailedRequests().hasNoRestarts();
		return rollout.slices().get(rollout.slices().size() - 1);
	}

	private Rollout moved(String enabled) {
		try (Dependency dependency = Dependency.named("fortune.rehearsal", this.fortunes.getAddress())) {
			PodSpec pod = app(dependency, enabled).jvmOption(dependency.jvmOptions().toArray(new String[0])).build();
			return Rehearsal.of(pod).replicas(1).dependencyMoved(dependency, WATCH);
		}
	}

	@Test
	void whileAFortuneServerThatGatesReadinessIsLostNoConnectionIsMadeToAPod() {
		Rollout rollout = lost("true");
		assertThat(rollout.pods()).allMatch((pod) -> pod.first(Kind.NOT_READY).isPresent());
		assertThat(rollout.endpoints()).extracting(EndpointChange::pods).contains(List.of());
		assertThat(last(rollout).failed()).isZero();
	}

	@Test
	void withoutTheLibraryEachConnectionIsMadeAndAnsweredWithAnError() {
		Rollout rollout = lost("false");
		assertThat(rollout.pods()).noneMatch((pod) -> pod.first(Kind.NOT_READY).isPresent());
		assertThat(rollout.load().failures()).extracting(Failure::kind).containsOnly(Failure.Kind.STATUS);
		assertThat(last(rollout).failed()).isZero();
	}

	private Rollout lost(String enabled) {
		try (Dependency dependency = Dependency.of(this.fortunes.getAddress())) {
			PodSpec pod = app(dependency, enabled)
				.argument(GATE + "uri=http://" + dependency.address() + "/", GATE + "gate=readiness",
						GATE + "watch.period=500ms", GATE + "watch.failures=2")
				.build();
			return Rehearsal.of(pod).replicas(1).calm(Duration.ofSeconds(5)).dependencyLost(dependency, WATCH);
		}
	}

	private static PodSpec.Builder app(Dependency dependency, String enabled) {
		return PodSpec.jar(Path.of("target/sample-app.jar"))
			.jvmOption("-XX:TieredStopAtLevel=1")
			.environment("FORTUNE_URL", "http://" + dependency.address() + "/")
			.environment("PODLIFECYCLE_ENABLED", enabled);
	}

	private static HttpServer fortuneServer() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/", (exchange) -> {
				try (exchange) {
					byte[] body = "All is well.".getBytes(StandardCharsets.UTF_8);
					exchange.getResponseHeaders().set("Content-Type", "text/plain");
					exchange.sendResponseHeaders(200, body.length);
					exchange.getResponseBody().write(body);
				}
			});
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

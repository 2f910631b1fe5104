package io.podlifecycle.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.HttpProbe;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A process that is sent SIGTERM at all times of its life.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ShutdownIntegrationTests {

	@Test
	@Tag("full")
	void duringRefreshExitsWith143() {
		try (Service service = Service.startOnKubernetes("--app.slow-bean=true")) {
			service.awaitLog("Refresh goes on");
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
			assertThat(service.log()).doesNotContain("its longest time was over");
		}
	}

	@Test
	@Tag("full")
	void betweenRefreshAndReadyStaysUnready() {
		try (Service service = Service.startOnKubernetes("--app.runner-waits-for-refusal=true")) {
			service.awaitLog("Runner waits");
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
			assertThat(service.log()).contains("no propagation delay");
			assertThat(service.log().lastIndexOf("Readiness is REFUSING_TRAFFIC"))
				.isGreaterThan(service.log().lastIndexOf("Readiness is ACCEPTING_TRAFFIC"));
		}
	}

	@Test
	void outsideOfKubernetesLeavesWithoutDelay() {
		try (Service service = Service.start().awaitReady()) {
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
			assertThat(service.log()).contains("Shutting down on SIGTERM", "no propagation delay", "Drained in",
					"Graceful shutdown completed in ");
		}
	}

	@Test
	void onKubernetesServesAndIsUnreadyWhileItsEndpointPropagates() throws IOException {
		try (Service service = Service.startOnKubernetes("--pod-lifecycle.shutdown.propagation.max=7s").awaitReady()) {
			assertThat(service.getKeptAlive("/actuator/health")).doesNotContain("Connection: close")
				.endsWith("kept open");
			service.terminate().awaitLog("Shutting down on SIGTERM");
			assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(503);
			assertThat(service.get("/actuator/health/liveness").status()).isEqualTo(200);
			assertThat(service.getKeptAlive("/hello")).startsWith("HTTP/1.1 200")
				.contains("Connection: close", "\nclosed");
			// No traffic before, so nothing but its longest time ends the delay.
			assertThat(timeToEnd(service)).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
			assertThat(service.awaitExit()).isEqualTo(143);
			assertThat(service.log()).contains("its longest time was over", "0 connections left open");
		}
	}

	@Test
	@Tag("full")
	void triggeredByTheContextDoesTheSameAmidTheOtherHooks() throws IOException {
		try (Service service = Service
			.startOnKubernetes("--pod-lifecycle.shutdown.trigger=context",
					"--pod-lifecycle.shutdown.propagation.mode=fixed", "--pod-lifecycle.shutdown.propagation.max=5s")
			.awaitReady()) {
			service.terminate().awaitLog("Shutting down on the shutdown of the JVM");
			assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(503);
			assertThat(service.get("/hello").status()).isEqualTo(200);
			assertThat(service.awaitExit()).isEqualTo(143);
			assertThat(service.log()).contains("its longest time was over");
		}
	}

	@Test
	@Tag("full")
	void onCtrlCThereIsNoDelay() {
		assumeSigintIsReceived();
		try (Service service = Service.start("--pod-lifecycle.shutdown.propagation.when=always").awaitReady()) {
			service.signal("INT");
			assertThat(service.awaitExit()).isEqualTo(130);
			assertThat(service.log()).contains("Shutting down on the close of the application context",
					"no propagation delay");
		}
	}

	/** An image may choose it: {@code STOPSIGNAL SIGINT}. */
	@Test
	@Tag("full")
	void onKubernetesSigintIsAStopSignal() throws IOException {
		assumeSigintIsReceived();
		try (Service service = Service.startOnKubernetes("--pod-lifecycle.shutdown.propagation.max=4s").awaitReady()) {
			service.signal("INT");
			service.awaitLog("Shutting down on SIGINT");
			assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(503);
			assertThat(service.get("/hello").status()).isEqualTo(200);
			assertThat(service.awaitExit()).isEqualTo(130);
			assertThat(service.log()).contains("its longest time was over", "(trigger: SIGINT, exit code: 130)");
		}
	}

	@Test
	@Tag("full")
	void sigintAfterSigtermChangesNeitherTheExitCodeNorTheReport() {
		assumeSigintIsReceived();
		try (Service service = Service.startOnKubernetes("--pod-lifecycle.shutdown.propagation.max=4s").awaitReady()) {
			service.terminate().awaitLog("Shutting down on SIGTERM");
			service.signal("INT");
			assertThat(service.awaitExit()).isEqualTo(143);
			assertThat(service.log()).contains("its longest time was over", "(trigger: SIGTERM, exit code: 143)");
		}
	}

	@Test
	void withTheLibraryOffStopsServingAtOnce() {
		try (Service service = Service.startOnKubernetes("--pod-lifecycle.enabled=false").awaitReady()) {
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
			assertThat(service.logged("Shutting down on SIGTERM|propagation delay")).isFalse();
		}
	}

	@Test
	void aFurtherSigtermWithinTwoSecondsIsIgnoredAndALaterOneEndsTheDelay() {
		try (Service service = Service
			.startOnKubernetes("--pod-lifecycle.shutdown.propagation.max=40s",
					"--pod-lifecycle.shutdown.grace-period=60")
			.awaitReady()) {
			long begin = System.nanoTime();
			service.terminate().awaitLog("Shutting down on SIGTERM");
			service.terminate();
			service.terminate();
			// A signal each half second, until one is late enough.
			endBySignals(service);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
			assertThat(service.log()).contains("a further signal ended it");
		}
	}

	@Test
	void lastsUntilARequestInFlightIsAnswered() throws Exception {
		assertSurvives("/slow?ms=3000");
	}

	@Test
	@Tag("full")
	void lastsUntilAnAsynchronousRequestInFlightIsAnswered() throws Exception {
		assertSurvives("/async?ms=3000");
	}

	/** With a JDK that has them. */
	@Test
	@Tag("full")
	void lastsUntilARequestOnAVirtualThreadIsAnswered() throws Exception {
		String log = assertSurvives("/slow?ms=3000", "--spring.threads.virtual.enabled=true");
		String virtual = "omcat-handler-\\d+] .* Slow request begins";
		assertThat(Pattern.compile(virtual).matcher(log).find()).isEqualTo(Runtime.version().feature() >= 21);
	}

	private static String assertSurvives(String path, String... arguments) throws Exception {
		try (Service service = Service.start(arguments).awaitReady()) {
			CompletableFuture<HttpProbe.Answer> answer = CompletableFuture.supplyAsync(() -> {
				try {
					return service.get(path);
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
			});
			service.awaitLog("Slow request begins");
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
			assertThat(answer.get(60, TimeUnit.SECONDS).body()).isEqualTo("slow");
			assertThat(service.log()).contains("1 in flight at the start", "0 cut off");
			return service.log();
		}
	}

	@Test
	void aBudgetThatCannotFitStopsTheStartOnKubernetes() {
		try (Service service = Service.startOnKubernetes("--pod-lifecycle.shutdown.grace-period=10",
				"--pod-lifecycle.shutdown.drain-timeout=20s")) {
			assertThat(service.awaitExit()).isEqualTo(1);
			assertThat(service.log()).contains("APPLICATION FAILED TO START",
					"A grace period of 10.000 s has no room for drain-timeout = 20.000 s",
					"Raise the pod's terminationGracePeriodSeconds");
		}
	}

	@Test
	@Tag("full")
	void aBudgetThatCannotFitIsAWarningElsewhere() {
		try (Service service = Service.start("--pod-lifecycle.shutdown.grace-period=10",
				"--pod-lifecycle.shutdown.drain-timeout=20s")) {
			service.awaitReady();
			assertThat(service.log()).contains("WARN").contains("has no room for drain-timeout = 20.000 s");
		}
	}

	private static void endBySignals(Service service) {
		long end = System.nanoTime() + Service.END.toNanos();
		boolean ended = false;
		while (!ended && System.nanoTime() < end) {
			service.terminate();
			ended = service.hasEndedWithin(Duration.ofMillis(500));
		}
	}

	private static void assumeSigintIsReceived() {
		assumeTrue(AppProcess.canReceive("INT"), "SIGINT is ignored by what is started here");
	}

	private static Duration timeToEnd(Service service) {
		long start = System.nanoTime();
		service.awaitExit();
		return Duration.ofNanos(System.nanoTime() - start);
	}

}

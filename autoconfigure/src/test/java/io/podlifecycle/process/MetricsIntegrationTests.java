package io.podlifecycle.process;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What Prometheus scrapes from a process that has waited, and from one that leaves.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class MetricsIntegrationTests {

	private static final Pattern READY_TIME = Pattern.compile("\npod_lifecycle_ready_time_seconds (\\S+)\n");

	private static final String DEPENDENCIES = "--pod-lifecycle.startup.dependencies.";

	@Test
	void tellHowLongTheStartHasWaitedAndWhatIsThereNow() throws IOException {
		int pricing = FreePort.next();
		try (ServerSocket fortune = new ServerSocket(0);
				Service service = Service.start(DEPENDENCIES + "fortune=tcp://127.0.0.1:" + fortune.getLocalPort(),
						DEPENDENCIES + "cache.uri=tcp://127.0.0.1:" + FreePort.next(),
						DEPENDENCIES + "cache.required=false", DEPENDENCIES + "pricing.uri=tcp://127.0.0.1:" + pricing,
						DEPENDENCIES + "pricing.gate=readiness", DEPENDENCIES + "pricing.watch.period=200ms",
						"--management.endpoints.web.exposure.include=health,prometheus")) {
			service.awaitLog("Readiness is ACCEPTING_TRAFFIC");
			assertThat(service.get("/actuator/prometheus").body())
				.contains(
						"pod_lifecycle_dependency_wait_seconds_count{dependency=\"fortune\",outcome=\"answered\"} 1\n")
				.contains("pod_lifecycle_dependency_wait_seconds_count{dependency=\"cache\",outcome=\"missing\"} 1\n")
				.contains("pod_lifecycle_dependency_up{dependency=\"pricing\"} 0.0\n");
			assertThat(readyTime(service)).isNaN();
			try (ServerSocket server = new ServerSocket(pricing)) {
				assertThat(server.isBound()).isTrue();
				service.awaitReady();
				assertThat(service.get("/actuator/prometheus").body())
					.contains("pod_lifecycle_dependency_up{dependency=\"pricing\"} 1.0\n");
				await().untilAsserted(() -> assertThat(readyTime(service)).isPositive());
			}
		}
	}

	@Test
	@Tag("full")
	void tellWhoCameTooEarly() throws IOException {
		int fortune = FreePort.next();
		try (Service service = Service.startOnKubernetes(DEPENDENCIES + "fortune=tcp://127.0.0.1:" + fortune,
				"--management.endpoints.web.exposure.include=health,prometheus")) {
			service.awaitLog("Waiting for fortune");
			assertThat(service.get("/hello").status()).isEqualTo(503);
			assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(503);
			try (ServerSocket server = new ServerSocket(fortune)) {
				assertThat(server.isBound()).isTrue();
				service.awaitReady();
				assertThat(service.get("/actuator/prometheus").body())
					.contains("pod_lifecycle_startup_requests_total{outcome=\"refused\"} 1.0\n");
			}
		}
	}

	@Test
	void tellThatAPodIsLeaving() throws IOException {
		String leaving = "pod_lifecycle_shutdown_active_seconds_count{trigger=\"sigterm\"} 1";
		try (Service service = Service
			.startOnKubernetes("--management.endpoints.web.exposure.include=health,prometheus",
					"--pod-lifecycle.shutdown.propagation.max=6s")
			.awaitReady()) {
			assertThat(service.get("/actuator/prometheus").body()).doesNotContain("pod_lifecycle_shutdown");
			service.terminate().awaitLog("Shutting down on SIGTERM");
			await().untilAsserted(() -> assertThat(service.get("/actuator/prometheus").body()).contains(leaving));
			assertThat(service.awaitExit()).isEqualTo(143);
		}
	}

	private static double readyTime(Service service) throws IOException {
		Matcher matcher = READY_TIME.matcher(service.get("/actuator/prometheus").body());
		assertThat(matcher.find()).isTrue();
		return Double.parseDouble(matcher.group(1));
	}

}

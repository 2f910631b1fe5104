package io.podlifecycle.process;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Prometheus scrapes from a process that has waited.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class MetricsIntegrationTests {

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
			try (ServerSocket server = new ServerSocket(pricing)) {
				assertThat(server.isBound()).isTrue();
				service.awaitReady();
				assertThat(service.get("/actuator/prometheus").body())
					.contains("pod_lifecycle_dependency_up{dependency=\"pricing\"} 1.0\n");
			}
		}
	}

}

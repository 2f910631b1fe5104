package io.podlifecycle.process;

import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.AppProcessBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process whose surroundings stand in the way of an orderly end.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DiagnosisIntegrationTests {

	private static final String LOGGER = "diagnosis.Diagnosis";

	@Test
	void eachFindingIsOneWarning() {
		try (Service service = Service.start(inPod().jvmOption("-Xrs"), "--server.shutdown=immediate",
				"--management.endpoint.health.probes.enabled=false", "--pod-lifecycle.shutdown.drain-timeout=500ms")) {
			service.awaitLog("'management.endpoint.health.probes.enabled' is 'false'");
			assertThat(service.log()).containsOnlyOnce("'server.shutdown' is 'immediate'")
				.containsOnlyOnce("SIGTERM does not reach the library")
				.containsOnlyOnce("a preStop hook is assumed to take 10 s")
				.containsOnlyOnce("only 500 ms are left to drain");
		}
	}

	@Test
	void whereAllIsWellThereIsNone() {
		try (Service service = Service.start(inPod(), "--pod-lifecycle.shutdown.grace-period=30").awaitReady()) {
			assertThat(service.log()).doesNotContain(LOGGER);
		}
	}

	@Test
	@Tag("full")
	void canBeSwitchedOff() {
		try (Service service = Service.start(inPod().jvmOption("-Xrs"), "--pod-lifecycle.diagnosis.enabled=false")
			.awaitReady()) {
			assertThat(service.log()).doesNotContain(LOGGER);
		}
	}

	private static AppProcessBuilder inPod() {
		return AppProcess.builder()
			.environment("KUBERNETES_SERVICE_HOST", "127.0.0.1")
			.environment("KUBERNETES_SERVICE_PORT", "6443");
	}

}

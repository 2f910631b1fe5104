package io.podlifecycle.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A process that is ready only once its health contributors were up.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AwaitHealthIntegrationTests {

	private static final String AWAIT = "--pod-lifecycle.startup.await-health=";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@Test
	void startsUnreadyAndIsReadyOnceTheContributorWasUp() throws IOException {
		Path file = this.directory.resolve("up");
		try (Service service = Service.start(AWAIT + "fortune,diskSpace", "--app.health-file=" + file,
				"--management.endpoint.health.show-details=always")) {
			service.awaitLog("Readiness is ACCEPTING_TRAFFIC");
			service.awaitLog("diskSpace (health:diskSpace) answered after");
			assertThat(service.get("/hello").status()).isEqualTo(200);
			assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(503);
			await().untilAsserted(() -> assertThat(service.get("/actuator/health/podLifecycle").body())
				.contains("\"missing\":{\"fortune\":\"status DOWN, java.nio.file.NoSuchFileException: " + file));
			assertThat(service.log()).as("what the tries log").doesNotContain("WARN");
			Files.createFile(file);
			service.awaitReady();
			service.awaitLog("fortune (health:fortune) answered after");
			Files.delete(file);
			assertThat(service.get("/actuator/health").status()).isEqualTo(503);
			service.awaitLog("Health check failed");
			assertThat(service.get("/actuator/health/readiness").status()).as("once up is enough").isEqualTo(200);
		}
	}

	@Test
	void withoutThePropertyIsReadyAlthoughTheContributorIsDown() {
		try (Service service = Service.start("--app.health-file=" + this.directory.resolve("up"))) {
			service.awaitReady();
			assertThat(service.logged("Not ready before")).isFalse();
		}
	}

	@Test
	@Tag("full")
	void aContributorThatHangsHoldsUpReadinessAndNeitherTheOthersNorTheEnd() {
		try (Service service = Service.start(AWAIT + "hanging,diskSpace", "--app.health-hangs=true",
				"--pod-lifecycle.startup.probe-timeout=200ms",
				"--logging.level.io.podlifecycle.boot.startup.LoggingWaitListener=trace")) {
			service.awaitLog("diskSpace (health:diskSpace) answered after");
			service.awaitLog("the try hangs; left it after 200 ms");
			service.awaitLog("Readiness is ACCEPTING_TRAFFIC");
			service.awaitStatus(service.readiness(), 503);
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
		}
	}

	@Test
	@Tag("full")
	void aNameThatNoContributorHasStopsTheStartWithAnAnalysis() {
		try (Service service = Service.start(AWAIT + "fortnue", "--app.health-file=/nothing")) {
			assertThat(service.awaitExit()).isEqualTo(1);
			assertThat(service.log()).contains("APPLICATION FAILED TO START")
				.contains(
						"'pod-lifecycle.startup.await-health' cannot be used: there is no health contributor 'fortnue'")
				.containsPattern("known are .*diskSpace, fortune, ")
				.contains("Set it to names that /actuator/health shows");
		}
	}

}

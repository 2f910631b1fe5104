package io.podlifecycle.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.process.HttpProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that has other troubles, too, when it is told to leave.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FaultsIntegrationTests {

	private static final String SHORT_DELAY = "--pod-lifecycle.shutdown.propagation.max=3s";

	private static final HttpProbe PATIENT = HttpProbe.of("test", Duration.ofSeconds(30));

	private final ExecutorService clients = Executors.newCachedThreadPool();

	@AfterEach
	void stopClients() {
		this.clients.shutdownNow();
	}

	@Test
	@Tag("full")
	void errorsInRequestsLeaveNothingInFlight() throws IOException {
		try (Service service = Service.startOnKubernetes(FaultyController.SOURCE, SHORT_DELAY).awaitReady()) {
			assertThat(service.get("/out-of-memory").status()).isEqualTo(500);
			assertThat(service.get("/stack-overflow").status()).isEqualTo(500);
			service.terminate().awaitLog("Shutting down on SIGTERM with 0 in flight");
			assertThat(service.get("/out-of-memory").status()).isEqualTo(500);
			assertThat(service.awaitExit()).isEqualTo(143);
			assertThat(service.log()).contains("OutOfMemoryError", "StackOverflowError", "0 cut off",
					"Graceful shutdown completed in ");
		}
	}

	@Test
	@Tag("full")
	void anExhaustedThreadPoolAnswersAllThatWait() throws Exception {
		try (Service service = Service.startOnKubernetes("--server.tomcat.threads.max=2", SHORT_DELAY).awaitReady()) {
			List<CompletableFuture<HttpProbe.Answer>> answers = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				answers.add(call(service, "/slow?ms=1000"));
			}
			service.awaitLog("Slow request begins");
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
			for (CompletableFuture<HttpProbe.Answer> answer : answers) {
				assertThat(answer.get(60, TimeUnit.SECONDS).body()).isEqualTo("slow");
			}
			assertThat(service.log()).contains("0 cut off");
		}
	}

	@Test
	void allTriggersAtOnceRunOneShutdown() throws Exception {
		try (Service service = Service
			.startOnKubernetes("--management.endpoint.prestop.access=read-only",
					"--management.endpoints.web.exposure.include=health,prestop", SHORT_DELAY)
			.awaitReady()) {
			List<CompletableFuture<HttpProbe.Answer>> hooks = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				hooks.add(call(service, "/actuator/prestop"));
				service.terminate();
			}
			service.awaitLog("Shutting down on");
			assertThat(service.awaitExit()).isEqualTo(143);
			assertThat(service.log()).containsOnlyOnce("Shutting down on").containsOnlyOnce("Drained in");
			for (CompletableFuture<HttpProbe.Answer> hook : hooks) {
				assertThat(hook.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
			}
		}
	}

	@Test
	@Tag("full")
	void ctrlCDuringTheDelayIsADuplicate() {
		try (Service service = Service.startOnKubernetes(SHORT_DELAY).awaitReady()) {
			service.terminate().awaitLog("Shutting down on SIGTERM");
			service.signal("INT");
			assertThat(service.awaitExit()).isEqualTo(143);
			assertThat(service.log()).containsOnlyOnce("Shutting down on").contains("Drained in", "0 cut off");
		}
	}

	private CompletableFuture<HttpProbe.Answer> call(Service service, String path) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return PATIENT.get(service.uri(path));
			}
			catch (IOException ex) {
				throw new IllegalStateException(path, ex);
			}
		}, this.clients);
	}

}

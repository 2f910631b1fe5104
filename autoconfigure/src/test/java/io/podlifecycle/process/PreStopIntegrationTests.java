package io.podlifecycle.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.HttpProbe;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pod whose preStop hook asks the application itself.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PreStopIntegrationTests {

	private static final String ACCESS = "--management.endpoint.prestop.access=read-only";

	private static final String EXPOSURE = "--management.endpoints.web.exposure.include=health,prestop,podlifecycle";

	private static final HttpProbe KUBELET = HttpProbe.of("kube-lifecycle/1.33", Duration.ofSeconds(30));

	private static final String PATH = "/actuator/prestop";

	/** A delay that only its cap ends, since there is no traffic. */
	private static final String DELAY = "--pod-lifecycle.shutdown.propagation.max=3s";

	@Test
	void answersWhenClientsHaveLearnedOfItAndSigtermThenEndsAtOnce() throws Exception {
		try (Service service = Service.startOnKubernetes(ACCESS, EXPOSURE, DELAY).awaitReady()) {
			CompletableFuture<HttpProbe.Answer> hook = callHook(service);
			service.awaitLog("Shutting down on the preStop hook with 0 in flight");
			assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(503);
			assertThat(service.get("/hello").status()).isEqualTo(200);
			assertThat(hook.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
			assertThat(service.get("/hello").status()).isEqualTo(200);
			assertThat(service.get("/actuator/podlifecycle").body()).contains("\"state\":\"propagating\"",
					"\"name\":\"await_sigterm\"");
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
			assertThat(service.log())
				.contains("0 in flight at the start", "0 cut off", "Graceful shutdown completed in ")
				.containsOnlyOnce("Shutting down on");
		}
	}

	@Test
	@Tag("full")
	void sigtermThatArrivesMeanwhileJoinsIn() throws Exception {
		try (Service service = Service.startOnKubernetes(ACCESS, EXPOSURE, DELAY).awaitReady()) {
			CompletableFuture<HttpProbe.Answer> hook = callHook(service);
			service.awaitLog("Shutting down on the preStop hook");
			service.terminate();
			assertThat(hook.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
			assertThat(service.awaitExit()).isEqualTo(143);
			assertThat(service.log()).contains("its longest time was over").containsOnlyOnce("Shutting down on");
		}
	}

	@Test
	@Tag("full")
	void aHookThatComesDuringAShutdownJoinsIn() throws Exception {
		try (Service service = Service.startOnKubernetes(ACCESS, EXPOSURE, DELAY).awaitReady()) {
			service.terminate().awaitLog("Shutting down on SIGTERM");
			assertThat(callHook(service).get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
			assertThat(service.awaitExit()).isEqualTo(143);
			assertThat(service.log()).containsOnlyOnce("Shutting down on");
		}
	}

	@Test
	@Tag("full")
	void withoutSigtermTheProcessEndsByItself() throws Exception {
		try (Service service = Service.startOnKubernetes(ACCESS, EXPOSURE, DELAY).awaitReady()) {
			assertThat(callHook(service).get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
			assertThat(service.awaitExit()).isEqualTo(143);
			assertThat(service.report().timeOf("await_sigterm")).isBetween(Duration.ofSeconds(5),
					Duration.ofSeconds(20));
			assertThat(service.log()).contains("0 cut off");
		}
	}

	@Test
	@Tag("full")
	void isTheOnlyDoorWhereTheJvmLeavesSignalsAlone() throws Exception {
		try (Service service = Service
			.start(AppProcess.builder()
				.jvmOption("-Xrs")
				.environment("KUBERNETES_SERVICE_HOST", "127.0.0.1")
				.environment("KUBERNETES_SERVICE_PORT", "6443"), ACCESS, EXPOSURE, DELAY)
			.awaitReady()) {
			assertThat(callHook(service).get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
			service.awaitExit();
			assertThat(service.log()).contains("Shutting down on the preStop hook", "Drained in");
		}
	}

	@Test
	void nobodyCanCallItUnlessAllowed() throws IOException {
		try (Service service = Service.startOnKubernetes("--management.endpoints.web.exposure.include=*")
			.awaitReady()) {
			assertThat(service.get(PATH).status()).isEqualTo(404);
			assertThat(service.get("/hello").status()).isEqualTo(200);
			assertThat(service.logged("Shutting down")).isFalse();
		}
	}

	private static CompletableFuture<HttpProbe.Answer> callHook(Service service) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return KUBELET.get(service.uri(PATH));
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

}

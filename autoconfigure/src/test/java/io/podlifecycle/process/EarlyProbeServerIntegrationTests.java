package io.podlifecycle.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.process.FreePort;
import io.podlifecycle.rehearsal.process.HttpProbe;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A process that is probed before its web server is there.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class EarlyProbeServerIntegrationTests {

	private static final String LIVENESS = "/actuator/health/liveness";

	private static final String READINESS = "/actuator/health/readiness";

	private final int dependency = FreePort.next();

	private final String waits = "--pod-lifecycle.startup.dependencies.fortune=tcp://127.0.0.1:" + this.dependency;

	@Test
	void whileItWaitsIsAliveAndNotReady() throws IOException {
		try (Service service = Service.startOnKubernetes(this.waits)) {
			service.awaitLog("Waiting for fortune");
			assertThat(service.get(LIVENESS).body()).isEqualTo("{\"status\":\"UP\"}");
			HttpProbe.Answer readiness = service.get(READINESS);
			assertThat(readiness.status()).isEqualTo(503);
			assertThat(readiness.body()).isEqualTo("{\"status\":\"OUT_OF_SERVICE\"}");
			HttpProbe.Answer other = service.get("/hello");
			assertThat(other.status()).isEqualTo(503);
			assertThat(other.headers()).contains("Retry-after: 1");
			assertThat(service.getKeptAlive("/hello")).contains("Connection: close").endsWith("closed");
			try (ServerSocket fortune = new ServerSocket(this.dependency)) {
				assertThat(fortune.isBound()).isTrue();
				service.awaitReady();
				assertThat(service.get("/hello").status()).isEqualTo(200);
			}
		}
	}

	@Test
	@Tag("full")
	void saysWhatIsMissingOnlyWhereDetailsAreAllowed() throws IOException {
		try (Service service = Service.startOnKubernetes(this.waits, "--management.endpoint.health.show-details=always",
				"--management.endpoint.health.probes.add-additional-paths=true")) {
			service.awaitLog("Waiting for fortune");
			assertThat(service.get("/livez").status()).isEqualTo(200);
			assertThat(service.get("/readyz").body()).startsWith("{\"status\":\"OUT_OF_SERVICE\"")
				.contains("\"missing\":{\"fortune\":\"");
		}
	}

	@Test
	void isAliveWithoutAFailureWhileTheContextIsRefreshedAndAtTheHandover() {
		try (Service service = Service.startOnKubernetes("--app.slow-bean=true")) {
			service.awaitLog("Refresh goes on");
			LivenessWatch watch = LivenessWatch.until(service, "Started ServiceApplication");
			System.out.println("Handover of the port: " + watch);
			assertThat(watch.answered()).isGreaterThan(10);
			assertThat(watch.wrong()).isZero();
		}
	}

	@Test
	void withoutTheEarlyProbeServerNobodyAnswersWhileTheContextIsRefreshed() {
		try (Service service = Service.startOnKubernetes("--app.slow-bean=true",
				"--pod-lifecycle.startup.early-probes.enabled=false")) {
			service.awaitLog("Refresh goes on");
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> service.get(LIVENESS))
				.withMessageContaining("refused");
		}
	}

	@Test
	void elsewhereItIsClosed() {
		try (Service service = Service.start(this.waits)) {
			service.awaitLog("Waiting for fortune");
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> service.get(LIVENESS));
		}
	}

	@Test
	@Tag("full")
	void isOnTheManagementPortIfThereIsOne() throws IOException {
		int management = FreePort.next();
		try (Service service = Service.startOnKubernetes(this.waits, "--management.server.port=" + management,
				"--management.server.base-path=/manage", "--management.endpoints.web.base-path=/",
				"--management.endpoint.health.probes.add-additional-paths=true")) {
			service.awaitLog("Waiting for fortune");
			URI liveness = URI.create("http://127.0.0.1:" + management + "/manage/health/liveness");
			service.awaitStatus(liveness, 200);
			assertThat(service.get("/livez").status()).isEqualTo(200);
			assertThat(service.get(LIVENESS).status()).isEqualTo(503);
			try (ServerSocket fortune = new ServerSocket(this.dependency)) {
				assertThat(fortune.isBound()).isTrue();
				service.awaitStatus(URI.create("http://127.0.0.1:" + management + "/manage/health/readiness"), 200);
				service.awaitStatus(service.uri("/hello"), 200);
			}
		}
	}

	@Test
	@Tag("full")
	void pathsOfHealthGroupsAreAnsweredWhereSpringBootAnswersThemLater() throws IOException {
		int management = FreePort.next();
		try (Service service = Service.startOnKubernetes(this.waits, "--management.server.port=" + management,
				"--management.endpoint.health.group.liveness.additional-path=server:/alive",
				"--management.endpoint.health.group.readiness.additional-path=management:/prepared")) {
			service.awaitLog("Waiting for fortune");
			URI readiness = URI.create("http://127.0.0.1:" + management + "/prepared");
			assertThat(service.get("/alive").status()).isEqualTo(200);
			service.awaitStatus(readiness, 503);
			try (ServerSocket fortune = new ServerSocket(this.dependency)) {
				assertThat(fortune.isBound()).isTrue();
				service.awaitStatus(readiness, 200);
				service.awaitStatus(service.uri("/alive"), 200);
			}
		}
	}

	@Test
	@Tag("full")
	void aStartThatTakesTooLongIsNotAliveAnyMore() {
		try (Service service = Service.startOnKubernetes(this.waits,
				"--pod-lifecycle.startup.early-probes.max-time=500ms")) {
			service.awaitLog("Waiting for fortune");
			assertThat(service.awaitStatus(service.uri(LIVENESS), 503).body()).isEqualTo("{\"status\":\"DOWN\"}");
		}
	}

	@Test
	@Tag("full")
	void clientsThatAreSlowOrTalkNonsenseDoNotKeepTheKubeletOut() throws IOException {
		try (Service service = Service.startOnKubernetes(this.waits)) {
			service.awaitLog("Waiting for fortune");
			Socket[] clients = new Socket[20];
			for (int i = 0; i < clients.length; i++) {
				clients[i] = new Socket(InetAddress.getLoopbackAddress(), service.address().getPort());
				clients[i].getOutputStream()
					.write((i % 2 == 0) ? new byte[] { 'G', 'E' } : new byte[] { 0, -1, 13, 10 });
			}
			assertThat(service.get(LIVENESS).status()).isEqualTo(200);
			for (Socket client : clients) {
				client.close();
			}
		}
	}

	@Test
	@Tag("full")
	void aPortInUseIsAWarningAndThenTheWebServersFailure() throws IOException {
		try (ServerSocket other = new ServerSocket(0);
				Service service = Service.startOnKubernetes(other.getLocalPort())) {
			assertThat(service.awaitExit()).isEqualTo(1);
			assertThat(service.log()).contains("Probes are not answered before the web server starts")
				.contains("Port " + other.getLocalPort() + " was already in use");
		}
	}

}

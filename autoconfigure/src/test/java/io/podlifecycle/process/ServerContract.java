package io.podlifecycle.process;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.probe.TestCertificate;
import io.podlifecycle.rehearsal.load.Load;
import io.podlifecycle.rehearsal.load.RunningLoad;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for every web server: a pod terminates under load, and no client notices.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class ServerContract {

	private static final Duration MAX = Duration.ofMinutes(2);

	/**
	 * A shorter delay, for a lag in proportion; and no cap that would hide a client that
	 * stays.
	 */
	private static final List<String> DELAY = List.of("--pod-lifecycle.shutdown.propagation.min=3s",
			"--pod-lifecycle.shutdown.propagation.max=20s", "--pod-lifecycle.shutdown.grace-period=60");

	/**
	 * Return the server.
	 */
	abstract Server server();

	@Test
	void inCleartextNoRequestFails() {
		assertNoRequestFails(roll(null));
	}

	@Test
	@Tag("full")
	void overTlsNoRequestFails(@TempDir Path directory) throws Exception {
		assertNoRequestFails(roll(TestCertificate.create(directory, "ip:127.0.0.1")));
	}

	@Test
	void withTheLibraryOffRequestsFail() {
		assertThat(roll(null, "--pod-lifecycle.enabled=false").failed()).isPositive();
	}

	@Test
	void responsesInFlightAreFinishedOnConnectionsThatAreToBeClosed() {
		assertFinishesInFlight("/slow");
	}

	void assertFinishesInFlight(String path) {
		try (Service service = Service.startOnKubernetes(server(), "--server.http2.enabled=true").awaitReady()) {
			try (RunningLoad http1 = slow(service.uri(path + "?ms=6000"), false).start();
					RunningLoad http2 = slow(service.uri(path + "?ms=6001"), true).start()) {
				service.awaitLog("Slow request begins, for 6000 ms");
				service.awaitLog("Slow request begins, for 6001 ms");
				service.terminate().awaitLog("Shutting down on SIGTERM with 2 in flight");
				http1.awaitRequests(1, MAX);
				http2.awaitRequests(1, MAX);
				assertThat(http1.stop().failures()).isEmpty();
				assertThat(http2.stop().failures()).isEmpty();
				assertThat(service.awaitExit()).isEqualTo(143);
				assertThat(service.log()).contains(" 0 cut off, 0 connections left open");
			}
		}
	}

	@Test
	@Tag("full")
	void aResponseThatIsComputedWhileQuiescingBeginsAsksItsClientToClose() {
		HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
		try (Service service = Service.startOnKubernetes(server(), "--pod-lifecycle.shutdown.propagation.max=1s")
			.awaitReady()) {
			CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
					HttpRequest.newBuilder(service.uri("/slow?ms=3000")).build(), HttpResponse.BodyHandlers.ofString());
			service.awaitLog("Slow request begins");
			service.terminate().awaitLog("Shutting down on SIGTERM with 1 in flight");
			assertThat(answer.join().headers().firstValue("Connection")).hasValue("close");
			assertThat(service.awaitExit()).isEqualTo(143);
		}
	}

	private static Load.Builder slow(URI target, boolean http2) {
		Load.Builder load = Load.builder(target, MAX).timeout(Duration.ofSeconds(30));
		return (http2 ? load.http2() : load).keepAliveClients(1, MAX);
	}

	private static void assertNoRequestFails(ServerRollout rollout) {
		assertThat(rollout.results()).allSatisfy((kind, result) -> {
			assertThat(result.failures()).as("%s: %s", kind, rollout).isEmpty();
			assertThat(result.requests()).isPositive();
		});
		assertThat(rollout.exitCode()).isEqualTo(143);
		assertThat(rollout.log()).contains("0 connections left open");
		// Clients closed their connections, so the delay ended on evidence, far from its
		// cap.
		assertThat(rollout.log()).contains("traffic had stopped");
		assertThat(rollout.timeToEnd()).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
	}

	private ServerRollout roll(@Nullable TestCertificate certificate, String... arguments) {
		List<String> all = new ArrayList<>(DELAY);
		all.addAll(List.of(arguments));
		ServerRollout rollout = ServerRollout.of(new ServerRollout.Plan(server(), certificate,
				List.of(ClientKind.values()), Duration.ofMillis(500), Duration.ZERO, all));
		System.out.println("Rolled " + server() + ((certificate != null) ? " with TLS " : " ")
				+ String.join(" ", arguments) + ": " + rollout);
		return rollout;
	}

}

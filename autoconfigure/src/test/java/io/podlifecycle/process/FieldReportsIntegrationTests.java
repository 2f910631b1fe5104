package io.podlifecycle.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Situations that users have reported publicly, and that no other test is about. The page
 * of field reports has the references.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("full")
class FieldReportsIntegrationTests {

	private static final String ON = "--pod-lifecycle.enabled=true";

	private static final String OFF = "--pod-lifecycle.enabled=false";

	private static final String NO_DELAY = "--pod-lifecycle.shutdown.propagation.when=never";

	private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { ON, OFF })
	void anExitWhileBeansAreCreatedHasItsCode(String library) {
		try (Service service = start(library, "--app.bean-exits=true")) {
			assertThat(service.awaitExit()).isEqualTo(7);
			assertThat(service.log()).doesNotContain("Application run failed", "Started ServiceApplication");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { ON, OFF })
	void aRunnerThatFailsEndsTheProcessWithoutDelay(String library) {
		try (Service service = start(library, "--app.runner-fails=true")) {
			assertThat(service.awaitExit()).isEqualTo(1);
			assertThat(service.log()).contains("The runner fails", "A bean is destroyed")
				.doesNotContain("Draining after");
		}
	}

	/** With plain Boot until the timeout of the phase. */
	@Test
	void aRequestThatClosesTheContextIsGivenUpAndNamed() {
		try (Service service = start("--pod-lifecycle.shutdown.drain-timeout=3s").awaitReady()) {
			CompletableFuture<HttpResponse<String>> exit = get(service.uri("/exit"));
			assertThat(service.awaitExit()).isZero();
			assertThat(exit).failsWithin(Duration.ofMinutes(1));
			assertThat(service.log()).contains("1 not waited for any more", ": GET /exit", "A bean is destroyed");
		}
	}

	@Test
	void theShutdownEndpointFinishesWhatIsInFlight() {
		try (Service service = start("--management.endpoint.shutdown.access=unrestricted",
				"--management.endpoints.web.exposure.include=health,shutdown")
			.awaitReady()) {
			CompletableFuture<HttpResponse<String>> slow = get(service.uri("/slow?ms=3000"));
			service.awaitLog("Slow request begins");
			HttpRequest request = HttpRequest.newBuilder(service.uri("/actuator/shutdown"))
				.POST(HttpRequest.BodyPublishers.noBody())
				.build();
			assertThat(HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join().statusCode())
				.isEqualTo(200);
			assertThat(slow.join().body()).isEqualTo("slow");
			assertThat(service.awaitExit()).isZero();
			assertThat(service.log()).contains("no propagation delay: not triggered by a stop signal", " 0 cut off");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { ON, OFF })
	void theManagementPortAnswersWhileRequestsAreFinished(String library) {
		int port = FreePort.next();
		try (Service service = start(library, NO_DELAY, "--management.server.port=" + port,
				"--management.endpoints.web.exposure.include=health,metrics")
			.withManagementPort(port)
			.awaitReady()) {
			CompletableFuture<HttpResponse<String>> slow = get(service.uri("/slow?ms=8000"));
			service.awaitLog("Slow request begins");
			service.terminate();
			service.awaitStatus(service.readiness(), 503);
			for (String path : new String[] { "/actuator/health/liveness", "/actuator/metrics/jvm.memory.used" }) {
				assertThat(get(service.readiness().resolve(path)).join().statusCode()).as(path).isEqualTo(200);
			}
			assertThat(slow).isNotDone();
			assertThat(slow.join().body()).isEqualTo("slow");
			assertThat(service.awaitExit()).isEqualTo(143);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { ON, OFF })
	void aFurtherAsynchronousRequestOnItsConnectionIsFinished(String library) {
		try (Service service = start(library, NO_DELAY).awaitReady()) {
			assertThat(get(service.uri("/async?ms=1")).join().body()).isEqualTo("slow");
			CompletableFuture<HttpResponse<String>> slow = get(service.uri("/async?ms=3001"));
			service.awaitLog("for 3001 ms");
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
			assertThat(slow.join().body()).isEqualTo("slow");
		}
	}

	/** As ApacheBench and old proxies do. */
	@Test
	void aKeptAliveClientOfAnOlderProtocolIsAskedToClose() throws IOException {
		try (Service service = start().awaitReady()) {
			assertThat(getAsAnOldClient(service)).contains("HTTP/1.1 200").doesNotContain("Connection: close");
			service.terminate().awaitLog("Shutting down on SIGTERM");
			assertThat(getAsAnOldClient(service)).contains("HTTP/1.1 200", "Connection: close");
			assertThat(service.awaitExit()).isEqualTo(143);
		}
	}

	private static String getAsAnOldClient(Service service) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.address().getPort())) {
			socket.setSoTimeout((int) Service.START.toMillis());
			socket.getOutputStream()
				.write("GET /hello HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			StringBuilder answer = new StringBuilder();
			while (!answer.toString().endsWith("hello")) {
				int next = socket.getInputStream().read();
				assertThat(next).as(answer.toString()).isNotNegative();
				answer.append((char) next);
			}
			return answer.toString();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void anAsynchronousAppenderHasTheReportOfTheEnd(boolean hangs) throws IOException {
		Path log = this.directory.resolve("service.log");
		Path config = Files.writeString(this.directory.resolve("logback.xml"), """
				<configuration>
					<appender name="file" class="ch.qos.logback.core.FileAppender">
						<file>%s</file>
						<encoder><pattern>%%msg%%n</pattern></encoder>
					</appender>
					<appender name="async" class="ch.qos.logback.classic.AsyncAppender">
						<discardingThreshold>0</discardingThreshold>
						<appender-ref ref="file" />
					</appender>
					<root level="INFO"><appender-ref ref="async" /></root>
				</configuration>
				""".formatted(log));
		try (Service service = start(NO_DELAY, "--logging.config=" + config, "--pod-lifecycle.shutdown.grace-period=8",
				"--app.destroy-hangs=" + hangs)
			.awaitReady()) {
			assertThat(service.terminate().awaitExit()).isEqualTo(hangs ? 70 : 143);
			assertThat(Files.readString(log))
				.contains(hangs ? "destruction of bean hangingBean" : "Graceful shutdown completed in ");
		}
	}

	@Test
	void aChildContextThatIsClosedShutsNothingDown() throws IOException {
		try (Service service = start().awaitReady()) {
			assertThat(service.get("/close-child").body()).isEqualTo("closed");
			assertThat(service.get("/hello").status()).isEqualTo(200);
			assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(200);
			assertThat(service.log()).doesNotContain("Shutting down on");
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
			assertThat(service.log()).containsOnlyOnce("Shutting down on SIGTERM");
		}
	}

	/** The sleep comes on top of the propagation delay. */
	@Test
	void aSleepInTheStopOfABeanFitsIntoAGracePeriodThatIsKnown() {
		try (Service service = start("--pod-lifecycle.shutdown.grace-period=30", "--app.sleeps-in-stop=true")
			.awaitReady()) {
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
			assertThat(service.log()).contains("Sleeping in stop", "A bean is destroyed", "exit code: 143");
		}
	}

	@Test
	void aSleepInTheStopOfABeanThatDoesNotFitIsNamed() {
		try (Service service = start("--app.sleeps-in-stop=true", "--pod-lifecycle.shutdown.propagation.mode=fixed")
			.awaitReady()) {
			service.awaitLog("Neither 'pod-lifecycle.shutdown.grace-period' nor");
			assertThat(service.terminate().awaitExit(Duration.ofSeconds(30))).isEqualTo(70);
			assertThat(service.log()).contains("hangs: stop of bean sleepInStop");
		}
	}

	private static CompletableFuture<HttpResponse<String>> get(URI uri) {
		return HTTP.sendAsync(HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(1)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private static Service start(String... arguments) {
		return Service.startOnKubernetes(
				Stream.concat(Stream.of(FieldReports.SOURCE), Stream.of(arguments)).toArray(String[]::new));
	}

}

package io.podlifecycle.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;
import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that waits for what it needs.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class StartupIntegrationTests {

	/** How long the JVM remembers that a name does not resolve. */
	private static final Duration JVM_CACHE = Duration.ofSeconds(10);

	private static final String FORTUNE = "--pod-lifecycle.startup.dependencies.fortune=";

	@Test
	void startsOnceItsDependencyAnswers() throws IOException {
		int port = FreePort.next();
		try (Service service = Service.start(FORTUNE + "http://127.0.0.1:" + port + "/")) {
			service.awaitLog("Waiting for fortune (http://127.0.0.1:" + port + "/)");
			assertThat(service.logged("Tomcat")).isFalse();
			HttpServer fortune = answering(port, 200);
			service.awaitLog("fortune (http://127.0.0.1:" + port + "/) answered after");
			service.awaitReady();
			fortune.stop(0);
		}
	}

	@Test
	void withTheWaitOffStartsWithoutItsDependency() {
		try (Service service = Service.start(FORTUNE + "tcp://127.0.0.1:" + FreePort.next(),
				"--pod-lifecycle.startup.enabled=false")) {
			service.awaitReady();
			assertThat(service.logged("Waiting for")).isFalse();
		}
	}

	@Test
	void sigtermEndsTheWaitAtOnceWith143() {
		try (Service service = Service.start(FORTUNE + "tcp://127.0.0.1:" + FreePort.next())) {
			service.awaitLog("Waiting for fortune");
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
			assertThat(service.logged("Started ServiceApplication")).isFalse();
		}
	}

	@Test
	void whenDependenciesNeverAnswerListsAllOfThemAndExitsWithItsOwnCode() throws IOException {
		int nothing = FreePort.next();
		HttpServer broken = answering(0, 500);
		try (Service service = Service.start(FORTUNE + "http://user:secret1@127.0.0.1:" + nothing + "/?token=secret2",
				"--pod-lifecycle.startup.dependencies.broken=http://127.0.0.1:" + broken.getAddress().getPort() + "/",
				"--pod-lifecycle.startup.timeout=4s")) {
			assertThat(service.awaitExit()).isEqualTo(69);
			assertThat(service.log()).contains("APPLICATION FAILED TO START")
				.containsPattern("- fortune \\(http://127\\.0\\.0\\.1:" + nothing
						+ "/\\): ConnectException: Connection refused \\(\\d+ tries in \\d\\.\\d+ s\\)")
				.containsPattern("- broken \\(.*\\): status 500 \\(\\d+ tries in \\d\\.\\d+ s\\)")
				.contains("on-timeout=start-unready")
				.doesNotContain("secret1", "secret2");
		}
		finally {
			broken.stop(0);
		}
	}

	@Test
	@Tag("full")
	void anOptionalDependencyIsTriedAndReported() {
		try (Service service = Service.start(
				"--pod-lifecycle.startup.dependencies.cache.uri=tcp://127.0.0.1:" + FreePort.next(),
				"--pod-lifecycle.startup.dependencies.cache.required=false")) {
			service.awaitReady();
			service.awaitLog("without the optional cache");
		}
	}

	@Test
	void startsUnreadyAndBecomesReadyOnceItsDependencyAnswers() throws IOException {
		int port = FreePort.next();
		try (Service service = Service.start(FORTUNE + "tcp://127.0.0.1:" + port,
				"--pod-lifecycle.startup.timeout=500ms", "--pod-lifecycle.startup.on-timeout=start-unready",
				"--pod-lifecycle.startup.progress-interval=200ms")) {
			service.awaitStatus(service.readiness(), 503);
			service.awaitLog("Started ServiceApplication");
			service.awaitLog("Readiness is ACCEPTING_TRAFFIC");
			assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(503);
			assertThat(service.get("/hello").status()).isEqualTo(200);
			service.awaitLog("Not ready, still waiting for fortune (tcp://127.0.0.1:" + port + "): ConnectException");
			try (ServerSocket fortune = new ServerSocket(port)) {
				service.awaitReady();
				assertThat(fortune.isBound()).isTrue();
			}
			service.awaitLog("Readiness was held up for");
		}
	}

	@Test
	void aDependencyOfReadinessDoesNotHoldUpTheStartAndTakesTheApplicationOutOfReadiness() throws IOException {
		int port = FreePort.next();
		try (Service service = Service.start("--pod-lifecycle.startup.dependencies.fortune.uri=tcp://127.0.0.1:" + port,
				"--pod-lifecycle.startup.dependencies.fortune.gate=readiness",
				"--pod-lifecycle.startup.dependencies.fortune.watch.period=200ms",
				"--pod-lifecycle.startup.progress-interval=200ms")) {
			service.awaitLog("Readiness is ACCEPTING_TRAFFIC");
			assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(503);
			assertThat(service.get("/hello").status()).isEqualTo(200);
			service.awaitLog(" s without fortune (tcp://127.0.0.1:" + port + "): ConnectException");
			try (ServerSocket fortune = new ServerSocket(port)) {
				assertThat(fortune.isBound()).isTrue();
				service.awaitReady();
			}
			service.awaitStatus(service.readiness(), 503);
			assertThat(service.get("/actuator/health/liveness").status()).isEqualTo(200);
			service.awaitLog("Not ready without fortune");
		}
	}

	@Test
	void aNameThatResolvesLateIsFoundSoon(@TempDir Path directory) throws IOException {
		int port = FreePort.next();
		try (Service service = startWithHosts(directory, port, "--pod-lifecycle.startup.dns-cache.enabled=true")) {
			assertThat(waitsAfterTheNameIsThere(service, directory, port)).isLessThan(JVM_CACHE);
		}
	}

	@Test
	void withTheDefaultDnsCacheANameThatResolvesLateIsFoundLate(@TempDir Path directory) throws IOException {
		int port = FreePort.next();
		try (Service service = startWithHosts(directory, port, "--pod-lifecycle.startup.dns-cache.enabled=false")) {
			assertThat(waitsAfterTheNameIsThere(service, directory, port)).isGreaterThan(Duration.ofSeconds(5));
			assertThat(service.log()).contains("answers failed DNS look-ups out of its cache");
		}
	}

	@Test
	@Tag("full")
	void oneOfSeveralAddressesOfANameIsEnough(@TempDir Path directory) throws IOException {
		Path hosts = Files.writeString(directory.resolve("hosts"),
				"127.0.0.1 localhost\n127.0.0.2 fortune.example\n127.0.0.1 fortune.example\n");
		try (ServerSocket fortune = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				Service service = Service.start(AppProcess.builder().jvmOption("-Djdk.net.hosts.file=" + hosts),
						FORTUNE + "tcp://fortune.example:" + fortune.getLocalPort())) {
			service.awaitLog("answered after");
		}
	}

	private static Service startWithHosts(Path directory, int port, String argument) throws IOException {
		Path hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.1 localhost\n");
		return Service.start(AppProcess.builder().jvmOption("-Djdk.net.hosts.file=" + hosts), argument,
				FORTUNE + "tcp://fortune.example:" + port, "--pod-lifecycle.startup.progress-interval=200ms");
	}

	private static Duration waitsAfterTheNameIsThere(Service service, Path directory, int port) throws IOException {
		service.awaitLog("Waiting for fortune");
		try (ServerSocket fortune = new ServerSocket(port)) {
			assertThat(fortune.isBound()).isTrue();
			service.awaitLog("UnknownHostException");
			Files.writeString(directory.resolve("hosts"), "127.0.0.1 localhost fortune.example\n");
			long start = System.nanoTime();
			service.awaitLog("answered after");
			return Duration.ofNanos(System.nanoTime() - start);
		}
	}

	private static HttpServer answering(int port, int status) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		server.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(status, -1);
			exchange.close();
		});
		server.start();
		return server;
	}

	@Test
	@Tag("full")
	void warmsUpBeforeItIsReady() {
		try (Service service = Service
			.start("--pod-lifecycle.startup.warm-up.paths=/hello", "--pod-lifecycle.startup.warm-up.count=7")
			.awaitReady()) {
			service.awaitLog("Warmed up with 7 of 7 requests");
			service.awaitLog("ACCEPTING_TRAFFIC");
			assertThat(service.log().indexOf("Warmed up")).isLessThan(service.log().indexOf("ACCEPTING_TRAFFIC"));
		}
	}

	@Test
	@Tag("full")
	void aClientLibraryDoesNotFloodTheLogWithItsTries() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				Service service = Service.startWithClients(FORTUNE + "kafka://127.0.0.1:" + silent.getLocalPort(),
						"--pod-lifecycle.startup.timeout=4s", "--pod-lifecycle.startup.probe-timeout=500ms")) {
			assertThat(service.awaitExit()).isEqualTo(69);
			assertThat(service.log()).contains("APPLICATION FAILED TO START").doesNotContain("AdminClientConfig");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "--pod-lifecycle.startup.dependencies.fortune.gate=readiness",
			"--pod-lifecycle.startup.on-timeout=start-unready" })
	@Tag("full")
	void aClientLibraryDoesNotFloodTheLogInTheBackgroundEither(String argument) throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			silent.setSoTimeout(60_000);
			assertThat(logOfTriesInTheBackground(silent, argument)).doesNotContain("org.apache.kafka")
				.doesNotContain("AdminClientConfig");
			assertThat(logOfTriesInTheBackground(silent, argument, "--logging.level.org.apache.kafka=INFO"))
				.contains("AdminClientConfig");
		}
	}

	private static String logOfTriesInTheBackground(ServerSocket silent, String... arguments) throws IOException {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.addAll(List.of(FORTUNE.replace("=", ".uri=") + "kafka://127.0.0.1:" + silent.getLocalPort(),
				"--pod-lifecycle.startup.dependencies.fortune.watch.period=100ms",
				"--pod-lifecycle.startup.timeout=500ms", "--pod-lifecycle.startup.probe-timeout=300ms"));
		try (Service service = Service.startWithClients(all.toArray(String[]::new))) {
			service.awaitLog("Started ServiceApplication");
			for (int connections = 0; connections < 8; connections++) {
				silent.accept().close();
			}
			return service.log();
		}
	}

	@Test
	@Tag("full")
	void aWarmUpThatFailsIsAWarningUnlessItIsRequired() {
		try (Service service = Service.start("--pod-lifecycle.startup.warm-up.paths=/nothing").awaitReady()) {
			service.awaitLog("Warmed up with 0 of 10 requests");
		}
		try (Service service = Service.start("--pod-lifecycle.startup.warm-up.paths=/nothing",
				"--pod-lifecycle.startup.warm-up.required=true")) {
			assertThat(service.awaitExit()).isEqualTo(1);
			assertThat(service.log()).contains("'pod-lifecycle.startup.warm-up.required' is set");
		}
	}

	@Test
	@Tag("full")
	void aPathThatIsNoneStopsTheStartWithAnAnalysis() {
		assertFailsToStart("--pod-lifecycle.startup.warm-up.paths=hello", "it does not start with a slash");
	}

	@Test
	@Tag("full")
	void anUnknownSchemeStopsTheStartWithAnAnalysis() {
		assertFailsToStart(FORTUNE + "gopher://fortune/", "pod-lifecycle.startup.dependencies.fortune",
				"its scheme 'gopher' is unknown; known are amqp, amqps, dns, file, grpc, grpcs, http, https, "
						+ "jdbc, kafka, mongodb, mongodb+srv, redis, rediss, tcp");
	}

	@Test
	void aUriWithoutAHostStopsTheStartWithAnAnalysis() {
		assertFailsToStart(FORTUNE + "http:///fortune?password=geheim", "http://***", "it has no valid host");
	}

	@Test
	@Tag("full")
	void aNegativeDurationStopsTheStartWithAnAnalysis() {
		assertFailsToStart("--pod-lifecycle.startup.timeout=-5s", "pod-lifecycle.startup.timeout", "-5.000 s");
	}

	private static void assertFailsToStart(String argument, String... expected) {
		try (Service service = Service.start(argument)) {
			assertThat(service.awaitExit()).isEqualTo(1);
			assertThat(service.log()).contains("APPLICATION FAILED TO START")
				.contains("cannot be used")
				.contains("Origin: ")
				.contains(expected)
				.doesNotContain("geheim");
		}
	}

}

package io.podlifecycle.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The commands that the documentation shows for a machine without a cluster do what it
 * says. They are run as they stand, but for ports, and for what only takes time.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentedCommandsIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(90);

	private static final Path APP = Command.ROOT.resolve("sample-app/target/sample-app.jar");

	private static final Path TARGET_OF_REHEARSAL = Command.ROOT.resolve("rehearsal/target");

	private static final Pattern FINDINGS = Pattern.compile("^```text\\R(-: .*?)^```$",
			Pattern.MULTILINE | Pattern.DOTALL);

	private final Map<Command, Command.Result> ends = new ConcurrentHashMap<>();

	private Path directory = Path.of("");

	static Stream<Command> rehearsals() {
		return Command.all().stream().filter(DocumentedCommandsIntegrationTests::isRehearsal);
	}

	private static boolean isRehearsal(Command command) {
		return command.contains(" rehearse ");
	}

	private static boolean isAdvice(Command command) {
		return command.contains(" advise ");
	}

	private static boolean isQuery(Command command) {
		return command.text().startsWith("jq ");
	}

	private static boolean isWatching(Command command) {
		return command.text().startsWith("java -jar sample-app/") || command.text().startsWith("curl localhost:8080/")
				|| command.contains("LoadCommand");
	}

	@Test
	void eachIsRunByOneOfTheseTests() {
		List<Command> commands = Command.all();
		assertThat(commands).hasSizeGreaterThan(8);
		assertThat(commands).allMatch(
				(command) -> Stream.of(isRehearsal(command), isAdvice(command), isQuery(command), isWatching(command))
					.filter((applies) -> applies)
					.count() == 1);
	}

	@BeforeAll
	void rehearse(@TempDir Path directory) throws IOException {
		this.directory = directory;
		HttpServer fortunes = fortuneServer();
		try {
			for (Command command : rehearsals().toList()) {
				Files.createDirectory(Objects.requireNonNull(json(command).getParent()));
			}
			// They wait more than they work.
			rehearsals().parallel().forEach((command) -> this.ends.put(command, rehearse(command, fortunes)));
		}
		finally {
			fortunes.stop(0);
		}
	}

	private Command.Result rehearse(Command command, HttpServer fortunes) {
		return shorten(command, fortunes.getAddress().getPort()).plus("--json " + json(command))
			.run(command.contains(" app.jar") ? TARGET_OF_REHEARSAL : Command.ROOT);
	}

	private Path json(Command command) {
		return this.directory.resolve(Integer.toHexString(command.hashCode())).resolve("rehearsal.json");
	}

	@ParameterizedTest
	@MethodSource("rehearsals")
	void aRehearsalEndsAsThePageSays(Command command) {
		Command.Result result = Objects.requireNonNull(this.ends.get(command));
		assertThat(result.exitCode()).as(result.output()).isEqualTo(exitCode(command));
		assertThat(result.output()).contains("latency p99", "pods killed")
			.contains(command.contains("--advise") ? "propagation.max" : "");
		assertThat(json(command)).isNotEmptyFile();
	}

	/** While a dependency has moved requests fail, for as long as its address is kept. */
	private static int exitCode(Command command) {
		return command.contains("dependency-moved") ? 1 : 0;
	}

	@ParameterizedTest
	@MethodSource("rehearsals")
	void aQueryReadsTheJsonOfARehearsal(Command rehearsal) {
		Command query = only(DocumentedCommandsIntegrationTests::isQuery);
		Assumptions.assumeTrue(query.isInstalled(), "There is no jq on the PATH");
		Command.Result result = query.run(Objects.requireNonNull(json(rehearsal).getParent()));
		assertThat(result.exitCode()).as(result.output()).isZero();
		assertThat(result.output()).containsPattern("\"failed\": " + ((exitCode(rehearsal) != 0) ? "[1-9]" : "0,"));
	}

	/** One run of one replica, whose JVM compiles less. */
	private static Command shorten(Command command, int fortunes) {
		Command shorter = command.without(" --compare")
			.without(" --replicas 2")
			.plus("--replicas 1")
			.plus("--jvm -XX:TieredStopAtLevel=1");
		if (command.contains(" app.jar")) {
			shorter = shorter.with("app.jar", APP.toString()).plus("--env SPRING_PROFILES_ACTIVE=server");
		}
		if (command.contains("=demo")) {
			shorter = shorter.plus("--env SAMPLE_DEMO_FORTUNESERVERDELAY=1s");
		}
		if (command.contains("--dependency ")) {
			shorter = shorter.with("localhost:8081", "localhost:" + fortunes).with("--away 15s", "--away 6s");
		}
		return shorter;
	}

	@Test
	void adviceFindsNothingInTheManifestsAndWhatThePageShowsInOthers() throws IOException {
		Command command = only(DocumentedCommandsIntegrationTests::isAdvice);
		Assumptions.assumeTrue(command.isInstalled(), "There is no kubectl on the PATH");
		Command.Result result = command.run(Command.ROOT);
		assertThat(result.exitCode()).as(result.output()).isZero();
		Path wrong = Files.writeString(this.directory.resolve("wrong.yaml"), askReadinessAtTheStart());
		result = command.with("kubectl kustomize k8s/base", "cat " + wrong).run(Command.ROOT);
		assertThat(result.exitCode()).as(result.output()).isOne();
		Matcher shown = FINDINGS.matcher(Command.read(Command.ROOT.resolve(command.page())));
		assertThat(shown.find()).isTrue();
		assertThat(result.output()).isEqualTo(shown.group(1));
	}

	/** In the last container, which is the fortune client's. */
	private static String askReadinessAtTheStart() {
		String manifests = new Command("", "kubectl kustomize k8s/base").run(Command.ROOT).output();
		int startup = manifests.lastIndexOf("/actuator/health/liveness");
		assertThat(manifests.lastIndexOf("startupProbe:")).isBetween(0, startup);
		return manifests.substring(0, startup) + manifests.substring(startup).replace("liveness", "readiness");
	}

	@Test
	void theSampleAppWaitsServesAndLeaves() {
		int port = FreePort.next();
		Command start = only((command) -> command.text().startsWith("java -jar sample-app/"));
		List<String> words = List.of(start.text().split(" "));
		try (AppProcess app = AppProcess.builder()
			.directory(Command.ROOT)
			.jar(Command.ROOT.resolve(words.get(2)))
			.environment("FORTUNE_URL", "http://localhost:" + FreePort.next() + "/")
			.argument(words.subList(3, words.size()).toArray(String[]::new))
			.argument("--server.port=" + port, "--sample.demo.fortune-server-delay=1s",
					"--pod-lifecycle.shutdown.propagation.max=1s")
			.start()) {
			app.awaitLog("Waiting for fortune", LIMIT);
			app.awaitLog("Started SampleApplication", LIMIT);
			assertPutsLoadOn(port);
			List<Command> requests = Command.all().stream().filter((each) -> each.text().startsWith("curl ")).toList();
			assertThat(requests).isNotEmpty();
			boolean thereIsCurl = requests.get(0).isInstalled();
			if (thereIsCurl) {
				requests.forEach((request) -> assertIsAnswered(request, port));
			}
			app.terminate();
			assertThat(app.awaitExit(LIMIT)).isEqualTo(143);
			app.awaitLog("Gone ", LIMIT);
			Assumptions.assumeTrue(thereIsCurl, "All but its requests was tested: there is no curl on the PATH");
		}
	}

	private static void assertIsAnswered(Command request, int port) {
		Command quick = request.contains("ms=7000") ? request.with("ms=7000", "ms=700") : request;
		Command.Result result = quick.with("localhost:8080", "localhost:" + port)
			.with("curl", "curl --silent --fail")
			.run(Command.ROOT);
		assertThat(result.exitCode()).as(request.toString()).isZero();
		assertThat(result.output()).isNotBlank();
	}

	private static void assertPutsLoadOn(int port) {
		Command load = only((command) -> command.contains("LoadCommand"));
		Command.Result result = load.with("http://fortune/", "http://localhost:" + port + "/")
			.with("--max 15m", "--max 1s")
			.run(TARGET_OF_REHEARSAL);
		assertThat(result.exitCode()).as(result.output()).isZero();
		assertThat(result.output()).containsPattern("RESULT \\{.*\"failed\":0");
	}

	private static Command only(Predicate<Command> condition) {
		List<Command> commands = Command.all().stream().filter(condition).toList();
		assertThat(commands).hasSize(1);
		return commands.get(0);
	}

	private static HttpServer fortuneServer() throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> {
			try (exchange) {
				exchange.sendResponseHeaders(200, 2);
				exchange.getResponseBody().write(new byte[] { 'O', 'K' });
			}
		});
		server.start();
		return server;
	}

}

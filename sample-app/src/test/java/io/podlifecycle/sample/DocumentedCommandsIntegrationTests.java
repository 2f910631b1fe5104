package io.podlifecycle.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The commands that the documentation shows for a machine without a cluster do what it
 * says. They are run as they stand, but for ports, and for what only takes time.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DocumentedCommandsIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(90);

	private static final Pattern FINDINGS = Pattern.compile("^```text\\R(-: .*?)^```$",
			Pattern.MULTILINE | Pattern.DOTALL);

	@TempDir
	private Path directory = Path.of("");

	private static boolean isAdvice(Command command) {
		return command.contains(" advise ");
	}

	private static boolean isQuery(Command command) {
		return command.text().startsWith("jq ");
	}

	private static boolean isSabotage(Command command) {
		return command.text().startsWith("java .ci/");
	}

	private static boolean isWatching(Command command) {
		return command.text().startsWith("java -jar sample-app/") || command.text().startsWith("curl localhost:8080/")
				|| command.contains(" load --url ");
	}

	/** The starter's {@code ConsumerIntegrationTests} runs it. */
	private static boolean isOfTheGuide(Command command) {
		return command.text().startsWith("java -jar target/consumer.jar");
	}

	@Test
	void eachIsRunByOneOfTheseTests() {
		List<Command> commands = Command.all();
		assertThat(commands).hasSizeGreaterThan(8);
		assertThat(commands).allMatch(
				(command) -> Stream
					.of(DocumentedRehearsal.matches(command), isAdvice(command), isQuery(command), isSabotage(command),
							isWatching(command), isOfTheGuide(command))
					.filter((applies) -> applies)
					.count() == 1);
	}

	@Test
	@Tag("full")
	void theFirstPageComparesTheAppWithAndWithoutTheLibraryAndKnowsItsWaitAndItsLeave() throws IOException {
		List<Command> commands = DocumentedRehearsal.first().toList();
		assertThat(commands).hasSize(1);
		DocumentedRehearsal rehearsal = DocumentedRehearsal.run(commands.get(0), this.directory);
		rehearsal.assertEndsAsThePageSays();
		assertThat(rehearsal.result().output()).containsPattern("failed +[1-9][0-9,]* +0\\R");
		// The rehearsal reads what the library writes: its journal and its termination
		// message.
		assertThat(Files.readString(rehearsal.json())).contains("\"kind\":\"WAIT_ENDED\"", "\"kind\":\"WAITING\"",
				"\"kind\":\"QUIESCING\"", "\"kind\":\"CLOSING\"");
		rehearsal.assertIsRead(query());
	}

	/** The builds that it runs take half an hour. */
	@Test
	void theSabotagesCanBeApplied() {
		Command.Result result = only(DocumentedCommandsIntegrationTests::isSabotage)
			.with("Sabotages.java", "Sabotages.java --check")
			.run(Command.ROOT);
		assertThat(result.exitCode()).as(result.output()).isZero();
		assertThat(result.output()).contains("sabotages can be applied");
	}

	static Command query() {
		return only(DocumentedCommandsIntegrationTests::isQuery);
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
			.jvmOption("-XX:TieredStopAtLevel=1")
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
			app.awaitLog("Graceful shutdown completed in ", LIMIT);
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
		Command load = only((command) -> command.contains(" load --url "));
		Command.Result result = load.with("http://fortune/", "http://localhost:" + port + "/")
			.with("--max 15m", "--max 1s")
			.run(DocumentedRehearsal.DIRECTORY);
		assertThat(result.exitCode()).as(result.output()).isZero();
		assertThat(result.output()).containsPattern("RESULT \\{.*\"failed\":0");
	}

	private static Command only(Predicate<Command> condition) {
		List<Command> commands = Command.all().stream().filter(condition).toList();
		assertThat(commands).hasSize(1);
		return commands.get(0);
	}

}

package io.podlifecycle.rehearsal.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the command makes of its arguments. What it does with them is in
 * {@link RehearseCommandIntegrationTests}.
 */
class RehearseCommandTests {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@Test
	void theHelpNamesEveryCommand() {
		assertThat(run("--help")).isZero();
		assertThat(text(this.out)).contains("rehearse", "advise", "load");
		assertThat(run("")).isEqualTo(64);
		assertThat(run("reherse pom.xml")).isEqualTo(64);
	}

	@Test
	void theHelpNamesOptionsByWhatTheyAreForAndExitCodes() {
		assertThat(run("rehearse --help")).isZero();
		assertThat(text(this.out)).containsSubsequence("What runs:", "--jvm", "How the kubelet treats it:",
				"--pre-stop", "What happens:", "rolling-update, pod-deletion", "What clients do:", "--websocket-path",
				"What comes out:", "--json", "Exit codes:", "69");
	}

	@Test
	void everyExitCodeOfTheCommandIsInTheTable() throws IOException {
		String readme = Files.readString(Path.of("..", "rehearsal", "README.md"));
		for (int code : new int[] { RehearseCommand.NO_FAILURES, RehearseCommand.FAILURES, RehearsalCommandLine.USAGE,
				RehearseCommand.NOT_REHEARSED, RehearseCommand.INTERNAL, RehearseCommand.NOT_WRITTEN }) {
			assertThat(readme).contains("| " + code + " | ");
		}
	}

	@ParameterizedTest
	@CsvSource({ "--replicas two, --replicas", "--lag soon, 300ms", "--scenario none, rolling-update",
			"--pre-stop wait, sleep 5s", "--dependency nowhere, db:5432", "--port 70000, 65535",
			"--readiness readyz, must begin with", "--compare --baseline pom.xml, a comparison of two",
			"--baseline nowhere.jar, nowhere.jar", "--junit-xml /nowhere/x.xml, --junit-xml",
			"--markdown /nowhere/x.md, --markdown" })
	void saysWhatIsWrongWhereAndHowToFixIt(String arguments, String word) {
		assertThat(run("rehearse pom.xml " + arguments)).isEqualTo(64);
		assertThat(text(this.err)).contains(word, "See rehearse --help.").doesNotContain("\tat ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "nowhere.jar", "pom.xml --replicas 0", "pom.xml --lag 5s..1s",
			"pom.xml --scenario scale-down --replicas 1", "pom.xml --max-surge 0", "pom.xml --env NAME",
			"pom.xml --keep-alive 0 --fresh 0", "pom.xml --sse 1 --sse-path events", "pom.xml --websocket-path /socket",
			"pom.xml --rate 0", "pom.xml --json /nowhere/rollout", "pom.xml --probe-period 0s",
			"pom.xml --scenario dependency-lost", "pom.xml --env A={dependency}",
			"pom.xml --scenario dependency-lost --dependency 127.0.0.1:1", "pom.xml --dependency 127.0.0.1:1",
			"pom.xml --scenario dependency-late --env A={dependency} --dependency nowhere.invalid:1",
			"pom.xml --scenario dependency-late --env A={dependency} --dependency 127.0.0.1:70000",
			"pom.xml --grace-period 0s", "--main-class App" })
	void refusesArgumentsOfNoUseBeforeAnythingIsStarted(String arguments) {
		assertThat(run(("rehearse " + arguments).strip())).isEqualTo(64);
		assertThat(text(this.err)).contains("See rehearse --help.").doesNotContain("\tat ");
		assertThat(text(this.out)).isEmpty();
	}

	private int run(String arguments) {
		List<String> words = arguments.isEmpty() ? List.of() : List.of(arguments.split(" "));
		return RehearsalCommandLine.run(words, writer(this.out), writer(this.err), false, UnaryOperator.identity());
	}

	private static PrintWriter writer(ByteArrayOutputStream stream) {
		return new PrintWriter(stream, true, StandardCharsets.UTF_8);
	}

	private static String text(ByteArrayOutputStream stream) {
		return stream.toString(StandardCharsets.UTF_8);
	}

}

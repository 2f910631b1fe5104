package io.podlifecycle.rehearsal;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.RolloutWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
	void theHelpNamesEveryOptionAndExitCode() {
		assertThat(run(List.of("--help"))).isZero();
		assertThat(text(this.out)).contains("--replicas", "--compare", "--test FILE", "remember it", "Exit codes");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "rehearse", "rehearse nowhere.jar", "--other", "pom.xml second.jar",
			"pom.xml --replicas", "pom.xml --replicas 0", "pom.xml --replicas two", "pom.xml --lag soon",
			"pom.xml --lag 5s..1s", "pom.xml --scenario none", "pom.xml --scenario scale-down --replicas 1",
			"pom.xml --max-surge 0", "pom.xml --pre-stop wait", "pom.xml --env NAME", "pom.xml --readiness readyz",
			"pom.xml --port 70000", "pom.xml --keep-alive 0 --fresh 0", "pom.xml --sse 1 --sse-path events",
			"pom.xml --websocket-path /socket", "pom.xml --rate 0", "pom.xml --test /nowhere/rollout",
			"pom.xml --probe-period 0s", "pom.xml --scenario dependency-lost", "pom.xml --env A={dependency}",
			"pom.xml --scenario dependency-lost --dependency 127.0.0.1:1", "pom.xml --dependency 127.0.0.1:1",
			"pom.xml --scenario dependency-late --env A={dependency} --dependency nowhere",
			"pom.xml --scenario dependency-late --env A={dependency} --dependency nowhere.invalid:1",
			"pom.xml --scenario dependency-late --env A={dependency} --dependency 127.0.0.1:70000",
			"pom.xml --grace-period 0s", "--main-class App" })
	void refusesArgumentsOfNoUseBeforeAnythingIsStarted(String arguments) {
		List<String> words = arguments.isEmpty() ? List.of() : List.of(arguments.split(" "));
		assertThat(run(words)).isEqualTo(64);
		assertThat(text(this.err)).contains("See --help.").doesNotContain("\tat ");
		assertThat(text(this.out)).isEmpty();
	}

	private int run(List<String> arguments) {
		return new RehearseCommand(new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(this.err, true, StandardCharsets.UTF_8), false, List.of(new NoWriter()),
				(rehearsal) -> rehearsal)
			.run(arguments);
	}

	private static String text(ByteArrayOutputStream stream) {
		return stream.toString(StandardCharsets.UTF_8);
	}

	private static final class NoWriter implements RolloutWriter {

		@Override
		public String option() {
			return "--test";
		}

		@Override
		public String description() {
			return "remember it";
		}

		@Override
		public void write(List<Rollout> rollouts, Path file) {
			throw new AssertionError("Nothing was to be rehearsed");
		}

	}

}

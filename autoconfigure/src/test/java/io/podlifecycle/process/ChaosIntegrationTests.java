package io.podlifecycle.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes that are sent SIGTERM at random moments of their lives, once or twice, amid
 * clients that never try again. Each life is drawn from its seed: {@code -Dchaos.seed=17}
 * repeats one, {@code -Dchaos.seeds=500} lives as many, {@code -Dchaos.first=101} begins
 * with another one than the first. The default build lives one for each {@link Moment},
 * the profile {@code full} 24, and the profile {@code chaos} 500.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class ChaosIntegrationTests {

	private static final Path LOGS = Path.of("target", "chaos");

	private final Queue<ChaosOutcome> outcomes = new ConcurrentLinkedQueue<>();

	static IntStream seeds() {
		Integer only = Integer.getInteger("chaos.seed");
		int first = (only != null) ? only : Integer.getInteger("chaos.first", 1);
		int count = (only != null) ? 1 : Integer.getInteger("chaos.seeds", Moment.values().length);
		return IntStream.range(first, first + count);
	}

	static IntStream furtherSeeds() {
		return IntStream.rangeClosed(Moment.values().length + 1, 24);
	}

	@ParameterizedTest(name = "seed {0}")
	@MethodSource("seeds")
	void endsInTimeWithTheRightCodeAndClientsDoNotNotice(int seed) throws IOException {
		ChaosOutcome outcome = ChaosRun.of(ChaosScenario.of(seed));
		this.outcomes.add(outcome);
		System.out.println("CHAOS " + outcome);
		Files.writeString(Files.createDirectories(LOGS).resolve("seed-" + seed + ".log"), outcome.log());
		assertThat(outcome.violations()).as("Chaos %s\n%s", outcome, outcome.log()).isEmpty();
	}

	@ParameterizedTest(name = "seed {0}")
	@MethodSource("furtherSeeds")
	@Tag("full")
	void endsInTimeWithTheRightCodeAtFurtherMoments(int seed) throws IOException {
		endsInTimeWithTheRightCodeAndClientsDoNotNotice(seed);
	}

	@Test
	@Tag("full")
	void withTheLibraryOffRequestsFail() {
		assertThat(controlViolations(Duration.ofSeconds(3), "--pod-lifecycle.enabled=false"))
			.anyMatch((violation) -> violation.contains("requests failed"));
	}

	@Test
	@Tag("full")
	void aBeanThatHangsIsNoticed() {
		assertThat(controlViolations(Duration.ZERO, "--app.destroy-hangs=true",
				"--pod-lifecycle.shutdown.grace-period=10"))
			.anyMatch((violation) -> violation.startsWith("exit code 70"));
	}

	@Test
	@Tag("full")
	void aThreadThatIsLeftIsNoticed() {
		assertThat(controlViolations(Duration.ZERO, Hangs.SOURCE, "--app.thread-hangs=true"))
			.contains(ChaosApplication.THREADS_LEFT + "[hanging-thread]");
	}

	/** One SIGTERM under load. */
	private static List<String> controlViolations(Duration lag, String... arguments) {
		ChaosScenario scenario = IntStream.iterate(1, (seed) -> seed + 1)
			.mapToObj(ChaosScenario::of)
			.filter((candidate) -> candidate.moment() == Moment.LOAD && candidate.further() == null)
			.findFirst()
			.orElseThrow()
			.with(lag, arguments);
		ChaosOutcome outcome = ChaosRun.of(scenario);
		System.out.println("CHAOS " + String.join(" ", arguments) + ", " + outcome);
		return outcome.violations();
	}

	@AfterAll
	void summarize() {
		Duration longest = this.outcomes.stream()
			.map(ChaosOutcome::timeToEnd)
			.max(Duration::compareTo)
			.orElse(Duration.ZERO);
		System.out.printf(Locale.ROOT,
				"CHAOS %d lives %s, exit codes %s, with violations %d, longest end %.1f s, "
						+ "%d requests, %d of them to what left, %d failed%n",
				this.outcomes.size(), count((outcome) -> outcome.scenario().moment().toString()),
				count(ChaosOutcome::exitCode),
				this.outcomes.stream().filter((outcome) -> !outcome.violations().isEmpty()).count(),
				longest.toMillis() / 1000.0, this.outcomes.stream().mapToLong(ChaosOutcome::requests).sum(),
				this.outcomes.stream().mapToLong(ChaosOutcome::toThePod).sum(),
				this.outcomes.stream().mapToLong((outcome) -> outcome.failures().size()).sum());
	}

	private <K extends Comparable<K>> Map<K, Long> count(Function<ChaosOutcome, K> what) {
		return this.outcomes.stream().collect(Collectors.groupingBy(what, TreeMap::new, Collectors.counting()));
	}

}

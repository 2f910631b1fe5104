package io.podlifecycle.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes that are sent SIGTERM at random moments of their lives, once or twice, amid
 * clients that never try again, and in {@linkplain ChaosKind unfavourable states}. Each
 * life is drawn from its seed: {@code -Dchaos.seed=17} repeats one,
 * {@code -Dchaos.seeds=500} lives as many, {@code -Dchaos.first=101} begins with another
 * one than the first. The default build lives four, the profile {@code full} each
 * {@link Moment} with each kind once, and the profile {@code chaos} 500.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class ChaosIntegrationTests {

	private static final Path LOGS = Path.of("target", "chaos");

	private static final int SEEDS_OF_THE_DEFAULT = 4;

	private final Queue<ChaosOutcome> outcomes = new ConcurrentLinkedQueue<>();

	private final Set<Integer> failed = new ConcurrentSkipListSet<>();

	static IntStream seeds() {
		Integer only = Integer.getInteger("chaos.seed");
		int first = (only != null) ? only : Integer.getInteger("chaos.first", 1);
		int count = (only != null) ? 1 : Integer.getInteger("chaos.seeds", SEEDS_OF_THE_DEFAULT);
		return IntStream.range(first, first + count);
	}

	/** The first seed of each moment with each kind, but for those of the default. */
	static IntStream furtherSeeds() {
		int pairs = Stream.of(Moment.values()).mapToInt((moment) -> ChaosKind.of(moment).size()).sum();
		Set<List<Object>> drawn = new HashSet<>();
		return IntStream.iterate(1, (seed) -> seed + 1).filter((seed) -> {
			ChaosScenario scenario = ChaosScenario.of(seed);
			return drawn.add(List.of(scenario.moment(), scenario.kind()));
		}).limit(pairs).filter((seed) -> seed > SEEDS_OF_THE_DEFAULT);
	}

	@ParameterizedTest(name = "seed {0}")
	@MethodSource("seeds")
	void endsInTimeWithTheRightCodeAndClientsDoNotNotice(int seed) throws IOException {
		ChaosScenario scenario = ChaosScenario.of(seed);
		this.failed.add(seed);
		try {
			ChaosOutcome outcome = ChaosRun.of(scenario);
			this.outcomes.add(outcome);
			System.out.println("CHAOS " + outcome);
			Files.writeString(Files.createDirectories(LOGS).resolve("seed-" + seed + ".log"),
					outcome + "\n" + outcome.violations() + "\n" + outcome.log());
			assertThat(outcome.violations()).as("Chaos %s\n%s", outcome, outcome.log()).isEmpty();
		}
		catch (TestAbortedException ex) {
			System.out.println("CHAOS " + scenario + ": skipped, " + ex.getMessage());
			this.failed.remove(seed);
			throw ex;
		}
		this.failed.remove(seed);
	}

	@ParameterizedTest(name = "seed {0}")
	@MethodSource("furtherSeeds")
	@Tag("full")
	void endsInTimeWithTheRightCodeAtFurtherMoments(int seed) throws IOException {
		endsInTimeWithTheRightCodeAndClientsDoNotNotice(seed);
	}

	@Test
	@Tag("full")
	void withTheLibraryOffRequestsFail() throws IOException {
		assertThat(controlViolations(Duration.ofSeconds(3), "--pod-lifecycle.enabled=false"))
			.anyMatch((violation) -> violation.contains("requests failed"));
	}

	@Test
	@Tag("full")
	void aBeanThatHangsIsNoticed() throws IOException {
		assertThat(controlViolations(Duration.ZERO, "--app.destroy-hangs=true",
				"--pod-lifecycle.shutdown.grace-period=10"))
			.anyMatch((violation) -> violation.startsWith("exit code 70"));
	}

	@Test
	@Tag("full")
	void aThreadThatIsLeftIsNoticed() throws IOException {
		assertThat(controlViolations(Duration.ZERO, Hangs.SOURCE, "--app.thread-hangs=true"))
			.contains(ChaosApplication.THREADS_LEFT + "[hanging-thread]");
	}

	/** One SIGTERM under load. */
	private static List<String> controlViolations(Duration lag, String... arguments) throws IOException {
		ChaosScenario scenario = IntStream.iterate(1, (seed) -> seed + 1)
			.mapToObj(ChaosScenario::of)
			.filter((candidate) -> candidate.moment() == Moment.LOAD && candidate.kind() == ChaosKind.PLAIN
					&& candidate.further() == null)
			.findFirst()
			.orElseThrow()
			.with(lag, arguments);
		ChaosOutcome outcome = ChaosRun.of(scenario);
		System.out.println("CHAOS " + String.join(" ", arguments) + ", " + outcome);
		return outcome.violations();
	}

	@AfterAll
	void summarize() {
		this.outcomes.stream()
			.collect(Collectors.groupingBy((life) -> life.scenario().moment() + ", " + life.scenario().kind(),
					TreeMap::new, Collectors.toList()))
			.forEach((kind, lives) -> System.out.printf(Locale.ROOT, "CHAOS %-32s %s%n", kind, summary(lives)));
		System.out.println("CHAOS all " + summary(this.outcomes));
		System.out.println("CHAOS failed seeds " + this.failed);
	}

	private static String summary(Collection<ChaosOutcome> lives) {
		return String.format(Locale.ROOT,
				"%3d lives, exit codes %s, longest end %4.1f s, %d requests, %d of them to what left, %d failed",
				lives.size(),
				new TreeMap<>(
						lives.stream().collect(Collectors.groupingBy(ChaosOutcome::exitCode, Collectors.counting()))),
				lives.stream().mapToLong((life) -> life.timeToEnd().toMillis()).max().orElse(0) / 1000.0,
				lives.stream().mapToLong(ChaosOutcome::requests).sum(),
				lives.stream().mapToLong(ChaosOutcome::toThePod).sum(),
				lives.stream().mapToLong((life) -> life.failures().size()).sum());
	}

}

package io.podlifecycle.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * The benchmarks of one class side by side: each with several numbers of threads, and
 * held against one of them.
 */
final class Comparison {

	private static final int FORKS = Integer.getInteger("forks", 3);

	private final Class<?> benchmarks;

	private final String baseline;

	Comparison(Class<?> benchmarks, String baseline) {
		this.benchmarks = benchmarks;
		this.baseline = baseline;
	}

	void run(int... threads) throws RunnerException {
		Map<String, List<RunResult>> results = new LinkedHashMap<>();
		for (int count : threads) {
			for (RunResult result : run(count)) {
				results.computeIfAbsent(result.getPrimaryResult().getLabel(), (name) -> new ArrayList<>()).add(result);
			}
		}
		print(results, threads);
	}

	private Collection<RunResult> run(int threads) throws RunnerException {
		Options options = new OptionsBuilder().include(this.benchmarks.getName() + "\\.")
			.mode(Mode.AverageTime)
			.timeUnit(TimeUnit.NANOSECONDS)
			.threads(threads)
			.forks(FORKS)
			.warmupIterations(1)
			.warmupTime(TimeValue.seconds(1))
			.measurementIterations(3)
			.measurementTime(TimeValue.seconds(1))
			.addProfiler(GCProfiler.class)
			.shouldFailOnError(true)
			.build();
		return new Runner(options).run();
	}

	private void print(Map<String, List<RunResult>> results, int... threads) {
		List<RunResult> baselines = results.getOrDefault(this.baseline, List.of());
		StringBuilder table = new StringBuilder("| |");
		for (int count : threads) {
			table.append(" threads: ").append(count).append(" |");
		}
		table.append(" allocated |\n|---|").append("---|".repeat(threads.length + 1)).append('\n');
		results.entrySet()
			.stream()
			.sorted(Comparator.comparing((result) -> median(result.getValue().get(0))))
			.forEach((result) -> {
				table.append("| ").append(result.getKey()).append(" |");
				for (int i = 0; i < threads.length; i++) {
					table.append(time(result.getValue().get(i), baselines.get(i)));
				}
				table.append(allocation(result.getValue().get(0), baselines.get(0))).append('\n');
			});
		System.out.println(table);
	}

	private static String time(RunResult result, RunResult baseline) {
		return String.format(Locale.ROOT, " %.1f ns (%+.1f, × %.1f) |", median(result),
				median(result) - median(baseline), median(result) / median(baseline));
	}

	private static String allocation(RunResult result, RunResult baseline) {
		return String.format(Locale.ROOT, " %.0f B (%+.0f) |", bytes(result), bytes(result) - bytes(baseline));
	}

	/** Of all iterations in all forks. */
	private static double median(RunResult result) {
		return Medians.of(result.getBenchmarkResults()
			.stream()
			.flatMap((fork) -> fork.getIterationResults().stream())
			.map((iteration) -> iteration.getPrimaryResult().getScore())
			.toList());
	}

	private static double bytes(RunResult result) {
		return Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm")).getScore();
	}

}

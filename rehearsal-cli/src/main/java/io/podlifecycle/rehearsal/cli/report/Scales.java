package io.podlifecycle.rehearsal.cli.report;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.rollout.LoadSlice;
import io.podlifecycle.rehearsal.rollout.Rollout;

/**
 * The scales of a page, the same for all rehearsals on it, so that they can be compared.
 * Immutable.
 *
 * @param time of the horizontal axis
 * @param rate of requests per second
 * @param latency of latencies in milliseconds
 */
record Scales(TimeScale time, ValueScale rate, ValueScale latency) {

	static Scales of(List<Rollout> rollouts) {
		Duration end = rollouts.stream().map(Rollout::duration).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
		List<LoadSlice> slices = rollouts.stream().flatMap((rollout) -> Slices.of(rollout).stream()).toList();
		double rate = slices.stream().mapToDouble(Scales::rate).max().orElse(0);
		double fastest = latencies(slices, LoadSlice::p50).min(Comparator.naturalOrder()).orElse(1.0);
		double slowest = latencies(slices, LoadSlice::p99).max(Comparator.naturalOrder()).orElse(1.0);
		return new Scales(new TimeScale(end), ValueScale.linear(rate), ValueScale.logarithmic(fastest, slowest));
	}

	private static Stream<Double> latencies(List<LoadSlice> slices, Function<LoadSlice, Duration> latency) {
		return slices.stream().map(latency).filter((value) -> !value.isZero()).map(Scales::millis);
	}

	/**
	 * Returns the requests per second of a slice.
	 */
	static double rate(LoadSlice slice) {
		return perSecond(slice.requests(), slice);
	}

	static double perSecond(long requests, LoadSlice slice) {
		return requests * 1_000.0 / Math.max(slice.length().toMillis(), 1);
	}

	static double millis(Duration latency) {
		return latency.toNanos() / 1_000_000.0;
	}

}

package io.podlifecycle.rehearsal.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LatencyHistogramTests {

	@Test
	void whenEmptyIsZero() {
		LatencyHistogram histogram = new LatencyHistogram();
		assertThat(histogram.percentile(0.5)).isZero();
		assertThat(histogram.max()).isZero();
	}

	@Test
	void takesAnyLong() {
		LatencyHistogram histogram = new LatencyHistogram();
		histogram.add(Long.MAX_VALUE);
		histogram.add(-1);
		assertThat(histogram.max()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
		assertThat(histogram.percentile(1)).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
		assertThat(histogram.percentile(0.5)).isZero();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void percentilesAreNeverTooLowAndAtMost3Point2PercentTooHigh(long seed) {
		Random random = new Random(seed);
		LatencyHistogram histogram = new LatencyHistogram();
		long[] values = random.longs(1_000, 0, 1L << (10 + random.nextInt(30))).toArray();
		Arrays.stream(values).forEach(histogram::add);
		Arrays.sort(values);
		for (double fraction : new double[] { 0.01, 0.5, 0.99, 1 }) {
			long exact = values[(int) Math.ceil(fraction * values.length) - 1];
			assertThat(histogram.percentile(fraction).toNanos()).as("p%s, seed %d", fraction, seed)
				.isBetween(exact, exact + exact * 32 / 1_000);
		}
		assertThat(histogram.max().toNanos()).isEqualTo(values[values.length - 1]);
	}

}

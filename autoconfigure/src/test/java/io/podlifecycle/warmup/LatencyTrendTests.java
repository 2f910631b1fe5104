package io.podlifecycle.warmup;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LatencyTrendTests {

	private final LatencyTrend trend = new LatencyTrend();

	@Test
	void hasLeveledOffAfterFiveBatchesThatWereNotFaster() {
		add(1000, 500, 250, 240, 245, 260, 250);
		assertThat(this.trend.hasLeveledOff()).isFalse();
		add(250);
		assertThat(this.trend.hasLeveledOff()).isTrue();
	}

	@Test
	void smallImprovementsAddUp() {
		add(1000, 960, 920, 880, 840, 810, 780, 750, 720, 690);
		assertThat(this.trend.hasLeveledOff()).isFalse();
	}

	@Test
	void pausesDoNotCount() {
		for (int batch = 0; batch < 4; batch++) {
			this.trend.add(LongStream.concat(LongStream.range(0, 90).map((i) -> 250),
					LongStream.range(0, 10).map((i) -> 90_000)));
		}
		add(100);
		assertThat(this.trend.hasLeveledOff()).isFalse();
		add(100, 101, 99, 100);
		this.trend
			.add(LongStream.concat(LongStream.range(0, 95).map((i) -> 100), LongStream.range(0, 5).map((i) -> 90_000)));
		assertThat(this.trend.hasLeveledOff()).isTrue();
	}

	private void add(long... batches) {
		LongStream.of(batches).forEach((latency) -> this.trend.add(LongStream.range(0, 100).map((i) -> latency)));
	}

}

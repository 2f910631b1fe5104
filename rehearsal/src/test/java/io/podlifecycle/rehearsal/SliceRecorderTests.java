package io.podlifecycle.rehearsal;

import java.time.Duration;

import io.podlifecycle.rehearsal.rollout.LoadSlice;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SliceRecorderTests {

	private static final Duration LENGTH = Duration.ofMillis(500);

	private Duration now = Duration.ofSeconds(1);

	private static final RecursiveComparisonConfiguration PRECISE = RecursiveComparisonConfiguration.builder()
		.withEqualsForType((one, other) -> one.minus(other).abs().multipliedBy(1_000).compareTo(other) <= 0,
				Duration.class)
		.build();

	private final SliceRecorder recorder = new SliceRecorder(LENGTH, () -> this.now);

	@Test
	void cutsWhatCameIntoSlicesOfEqualLengthWithoutGaps() {
		this.recorder.requestEnded(false, Duration.ofMillis(2));
		this.recorder.requestEnded(false, Duration.ofMillis(1));
		this.recorder.requestEnded(true, Duration.ofMillis(9));
		this.now = Duration.ofMillis(2_100);
		this.recorder.requestEnded(true, null);
		assertThat(this.recorder.finish()).usingRecursiveFieldByFieldElementComparator(PRECISE)
			.containsExactly(
					new LoadSlice(Duration.ofSeconds(1), LENGTH, 3, 1, Duration.ofMillis(2), Duration.ofMillis(9),
							Duration.ofMillis(9)),
					new LoadSlice(Duration.ofMillis(1_500), LENGTH, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO),
					new LoadSlice(Duration.ofSeconds(2), LENGTH, 1, 1, Duration.ZERO, Duration.ZERO, Duration.ZERO));
	}

	@Test
	void isEmptyWithoutRequests() {
		assertThat(this.recorder.finish()).isEmpty();
	}

}

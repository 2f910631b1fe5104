package io.podlifecycle.shutdown;

import java.time.Duration;

import io.podlifecycle.report.Propagation;
import io.podlifecycle.shutdown.PropagationDelay.Mode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PropagationDelayTests {

	private static final Duration MIN = Duration.ofSeconds(5);

	private static final Duration MAX = Duration.ofSeconds(10);

	private static final Duration QUIET = Duration.ofSeconds(2);

	private static final Duration LONG = Duration.ofMinutes(1);

	private final PropagationDelay adaptive = new PropagationDelay(Mode.ADAPTIVE, MIN, MAX, QUIET);

	@Test
	void neverEndsBeforeItsFloor() {
		assertThat(this.adaptive.judge(MIN.minusMillis(1), LONG, 100)).isEqualTo(Propagation.IN_PROGRESS);
		assertThat(this.adaptive.judge(MIN, LONG, 100)).isEqualTo(Propagation.QUIET);
	}

	@Test
	void endsAfterTheQuietPeriod() {
		assertThat(this.adaptive.judge(MIN, QUIET.minusMillis(1), 100)).isEqualTo(Propagation.IN_PROGRESS);
		assertThat(this.adaptive.judge(MIN, QUIET, 100)).isEqualTo(Propagation.QUIET);
	}

	@Test
	void withRareTrafficNeedsALongerSilence() {
		assertThat(this.adaptive.judge(MIN, Duration.ofMillis(4999), 2)).isEqualTo(Propagation.IN_PROGRESS);
		assertThat(this.adaptive.judge(MIN, Duration.ofSeconds(5), 2)).isEqualTo(Propagation.QUIET);
	}

	@Test
	void withoutTrafficBeforeSilenceProvesNothing() {
		assertThat(this.adaptive.judge(MAX.minusMillis(1), LONG, 0)).isEqualTo(Propagation.IN_PROGRESS);
		assertThat(this.adaptive.judge(MAX, LONG, 0)).isEqualTo(Propagation.CAP);
	}

	@Test
	void endsAtItsCapWhateverArrives() {
		assertThat(this.adaptive.judge(MAX, Duration.ZERO, 100)).isEqualTo(Propagation.CAP);
	}

	@Test
	void aFixedOneAlwaysLastsTillItsCap() {
		PropagationDelay fixed = new PropagationDelay(Mode.FIXED, MIN, MAX, QUIET);
		assertThat(fixed.judge(MAX.minusMillis(1), LONG, 100)).isEqualTo(Propagation.IN_PROGRESS);
		assertThat(fixed.judge(MAX, LONG, 100)).isEqualTo(Propagation.CAP);
	}

}

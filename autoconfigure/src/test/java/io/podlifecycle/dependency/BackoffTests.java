package io.podlifecycle.dependency;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BackoffTests {

	private final Backoff backoff = new Backoff(Duration.ofMillis(100), 2, Duration.ofMillis(500), 0.5);

	@ParameterizedTest
	@CsvSource({ "1, 0, 100", "1, 0.5, 125", "2, 0, 200", "3, 0, 400", "4, 0, 500", "4, 0.5, 625", "1000000, 0, 500" })
	void growsUpToTheLongestDelayAndAddsJitter(int attempt, double random, long millis) {
		assertThat(this.backoff.pauseAfter(attempt, random)).isEqualTo(Duration.ofMillis(millis));
	}

	@Test
	void refusesWhatIsImpossible() {
		Duration delay = Duration.ofMillis(100);
		assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ZERO, 2, delay, 0))
			.withMessage("delay must be greater than zero");
		assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(delay, 0.5, delay, 0))
			.withMessage("multiplier must be at least 1");
		assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(delay, 2, Duration.ofMillis(99), 0))
			.withMessage("max-delay must not be shorter than delay");
		assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(delay, 2, delay, 1.1))
			.withMessage("jitter must be between 0 and 1");
	}

	@Test
	void acceptsTheEdgesOfWhatIsPossible() {
		Duration delay = Duration.ofMillis(100);
		assertThat(new Backoff(delay, 1, delay, 0).pauseAfter(3, 0.9)).isEqualTo(delay);
		assertThat(new Backoff(delay, 1, delay, 1).pauseAfter(3, 0.9)).isEqualTo(Duration.ofMillis(190));
		assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(delay, 2, delay, -0.1))
			.withMessage("jitter must be between 0 and 1");
	}

}

package io.podlifecycle.rehearsal.pod;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackOffTests {

	@Test
	void growsToFiveMinutesAndIsForgottenAfterTen() {
		BackOff backOff = new BackOff(1);
		Duration shortly = Duration.ofSeconds(1);
		assertThat(List.of(backOff.next(shortly), backOff.next(shortly), backOff.next(shortly)))
			.containsExactly(Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(20));
		for (int i = 0; i < 10; i++) {
			backOff.next(shortly);
		}
		assertThat(backOff.next(shortly)).isEqualTo(Duration.ofMinutes(5));
		assertThat(backOff.next(Duration.ofMinutes(10))).isZero();
		assertThat(backOff.next(shortly)).isEqualTo(Duration.ofSeconds(10));
	}

}

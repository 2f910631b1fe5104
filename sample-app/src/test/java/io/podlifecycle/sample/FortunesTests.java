package io.podlifecycle.sample;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FortunesTests {

	private static final Instant EVEN = Instant.ofEpochSecond(1_000_000);

	@Test
	void aFortuneLastsTwoSeconds() {
		assertThat(Fortunes.at(EVEN.plusMillis(1999))).isEqualTo(Fortunes.at(EVEN));
	}

	@Test
	void afterTwoSecondsThereIsANewOne() {
		assertThat(Fortunes.at(EVEN.plusSeconds(2))).isNotEqualTo(Fortunes.at(EVEN));
	}

}

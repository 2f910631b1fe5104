package io.podlifecycle.rehearsal.junit;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DurationsTests {

	@ParameterizedTest
	@CsvSource({ "3, PT3S", "0, PT0S", "300ms, PT0.3S", "5s, PT5S", "15m, PT15M", "1h, PT1H" })
	void aBareNumberIsANumberOfSeconds(String text, Duration expected) {
		assertThat(Durations.parse("lag", text)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "s", "-1", "1.5", "3 s", "1d" })
	void anythingElseIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse("lag", text))
			.withMessageStartingWith("lag must be");
	}

}

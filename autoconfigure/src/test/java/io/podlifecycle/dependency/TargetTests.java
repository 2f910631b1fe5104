package io.podlifecycle.dependency;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TargetTests {

	@Test
	void isShownWithoutItsSecrets() {
		assertThat(Target.of(" http://user:secret@fortune/x?key=secret ")).hasToString("http://***@fortune/x?key=***");
	}

	@ParameterizedTest
	@CsvSource({ "fortune, it has no scheme", "http:///x, it has no valid host", "tcp://:80, it has no valid host",
			"http://under_score, it has no valid host", "mailto:a@b.c, it has no valid host" })
	void saysWhatIsMissing(String text, String problem) {
		assertThatIllegalArgumentException().isThrownBy(() -> Target.of(text)).withMessageStartingWith(problem);
	}

	@Test
	void whatIsNoUriIsNotRepeated() {
		assertThatIllegalArgumentException().isThrownBy(() -> Target.of("http://user:secret@[fortune"))
			.withMessageStartingWith("it is not a URI")
			.withMessageNotContaining("secret")
			.withNoCause();
	}

}

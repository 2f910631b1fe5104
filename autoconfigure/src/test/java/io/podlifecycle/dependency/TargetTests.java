package io.podlifecycle.dependency;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TargetTests {

	@Test
	void isShownWithoutItsSecrets() {
		assertThat(Target.of(" http://user:secret@fortune/x?key=secret ")).hasToString("http://fortune");
	}

	@Test
	void hasASchemeAndARest() {
		Target target = Target.of("JDBC:h2:mem:x");
		assertThat(target.scheme()).isEqualTo("jdbc");
		assertThat(target.rest()).isEqualTo("h2:mem:x");
	}

	@ParameterizedTest
	@ValueSource(strings = { "fortune", "", "//fortune/", ":80", "1tcp://x" })
	void saysThatItHasNoScheme(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Target.of(text)).withMessage("it has no scheme");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http:///x", "tcp://:80", "mailto:a@b.c", "kafka://a:1,b:2" })
	void saysThatItIsNotTheUriOfOneServer(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Target.of(text).serverUri())
			.withMessage("it has no valid host");
	}

	@Test
	void whatIsNoUriIsNotRepeated() {
		assertThatIllegalArgumentException().isThrownBy(() -> Target.of("http://user:secret@[fortune").uri())
			.withMessageStartingWith("it is not a URI")
			.withMessageNotContaining("secret")
			.withNoCause();
	}

	@Test
	void isKeptAsItWasWritten() {
		assertThat(Target.of(" tcp://u:p@host:1 ").text()).isEqualTo("tcp://u:p@host:1");
		assertThat(Target.of("tcp://u:p@host:1").serverUri()).hasHost("host").hasPort(1);
	}

}

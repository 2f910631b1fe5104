package io.podlifecycle.dependency;

import java.time.Duration;

import io.podlifecycle.dependency.ProbeResult.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DependencyTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Backoff BACKOFF = new Backoff(SECOND, 1, SECOND, 1);

	@Test
	void isShownWithoutItsSecrets() {
		assertThat(dependency((timeLimit) -> ProbeResult.answered(), SECOND, SECOND))
			.hasToString("fortune (http://fortune/)");
	}

	@Test
	void refusesWhatIsImpossible() {
		Probe probe = (timeLimit) -> ProbeResult.answered();
		assertThatIllegalArgumentException().isThrownBy(() -> dependency(probe, Duration.ZERO, SECOND))
			.withMessage("timeout must be greater than zero");
		assertThatIllegalArgumentException().isThrownBy(() -> dependency(probe, SECOND, Duration.ZERO))
			.withMessage("probe-timeout must be greater than zero");
	}

	@Test
	void mayGetAnotherTimeout() {
		Dependency dependency = dependency((timeLimit) -> ProbeResult.answered(), SECOND, SECOND);
		Dependency other = dependency.withTimeout(Dependency.NO_TIMEOUT);
		assertThat(other.timeout()).isEqualTo(Dependency.NO_TIMEOUT);
		assertThat(other.withTimeout(SECOND)).isEqualTo(dependency);
	}

	@Test
	void anInterruptIsAnAnswerAndStaysSet() {
		ProbeResult result = dependency((timeLimit) -> {
			throw new InterruptedException();
		}, SECOND, SECOND).tryOnce(SECOND);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(result).isEqualTo(ProbeResult.notYet("InterruptedException"));
	}

	@Test
	void aLibraryThatIsIncompleteIsAnAnswer() {
		ProbeResult result = dependency((timeLimit) -> {
			throw new NoClassDefFoundError("com/example/Driver");
		}, SECOND, SECOND).tryOnce(SECOND);
		assertThat(result.status()).isEqualTo(Status.NOT_YET);
		assertThat(Thread.interrupted()).isFalse();
	}

	private static Dependency dependency(Probe probe, Duration timeout, Duration probeTimeout) {
		return new Dependency("fortune", Target.of("http://user:secret@fortune/"), probe, true, timeout, probeTimeout,
				BACKOFF);
	}

}

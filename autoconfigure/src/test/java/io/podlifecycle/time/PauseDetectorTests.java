package io.podlifecycle.time;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PauseDetectorTests {

	private final FakeTime time = new FakeTime();

	private final PauseDetector pauses = new PauseDetector(Duration.ofMillis(500), this.time);

	@Test
	void callsInShortIntervalsDetectNoPause() {
		for (int i = 0; i < 3; i++) {
			this.time.pass(Duration.ofMillis(499));
			assertThat(this.pauses.detectPause()).isFalse();
		}
	}

	@Test
	void aLateCallDetectsAPauseOnce() {
		this.time.pass(Duration.ofMillis(500));
		assertThat(this.pauses.detectPause()).isTrue();
		assertThat(this.pauses.detectPause()).isFalse();
	}

}

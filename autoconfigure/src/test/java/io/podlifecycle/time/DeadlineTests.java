package io.podlifecycle.time;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeadlineTests {

	private final FakeTime time = new FakeTime();

	private final Deadline deadline = Deadline.after(Duration.ofSeconds(10), this.time);

	@Test
	void isOverWhenNothingIsLeft() {
		assertThat(this.deadline.remaining()).isEqualTo(Duration.ofSeconds(10));
		this.time.pass(Duration.ofMillis(9_999));
		assertThat(this.deadline.isOver()).isFalse();
		this.time.pass(Duration.ofSeconds(5));
		assertThat(this.deadline.isOver()).isTrue();
		assertThat(this.deadline.remaining()).isZero();
	}

	@Test
	void limitsATimeToWhatIsLeft() {
		assertThat(this.deadline.limit(Duration.ofSeconds(9))).isEqualTo(Duration.ofSeconds(9));
		assertThat(this.deadline.limit(Duration.ofSeconds(11))).isEqualTo(Duration.ofSeconds(10));
		this.time.pass(Duration.ofSeconds(11));
		assertThat(this.deadline.limit(Duration.ofSeconds(1))).isZero();
	}

	@Test
	void theEarlierOfTwoCounts() {
		assertThat(this.deadline.orAfter(Duration.ofSeconds(3)).remaining()).isEqualTo(Duration.ofSeconds(3));
		assertThat(this.deadline.orAfter(Duration.ofSeconds(13)).remaining()).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void whatIsLeftCanBeShared() {
		assertThat(this.deadline.share(4)).isEqualTo(Duration.ofMillis(2500));
		assertThat(this.deadline.minus(Duration.ofSeconds(4)).share(3)).isEqualTo(Duration.ofSeconds(2));
	}

}

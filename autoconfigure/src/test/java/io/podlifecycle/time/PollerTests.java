package io.podlifecycle.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PollerTests {

	private final FakeTime time = new FakeTime();

	private final Poller poller = new Poller(this.time, Duration.ofMillis(10));

	@Test
	void endsWhenTheConditionHolds() {
		AtomicBoolean done = new AtomicBoolean();
		this.time.at(Duration.ofMillis(95), () -> done.set(true));
		assertThat(this.poller.await(done::get, Deadline.after(Duration.ofSeconds(5), this.time))).isTrue();
		assertThat(this.time.elapsed()).isEqualTo(Duration.ofMillis(100));
	}

	@Test
	void endsAtTheDeadlineAndNotAfterIt() {
		assertThat(this.poller.await(() -> false, Deadline.after(Duration.ofMillis(25), this.time))).isFalse();
		assertThat(this.time.elapsed()).isEqualTo(Duration.ofMillis(25));
	}

	@Test
	void aDeadlineThatIsOverStillLooksOnce() {
		assertThat(this.poller.await(() -> true, Deadline.after(Duration.ofSeconds(-1), this.time))).isTrue();
	}

	@Test
	void anInterruptEndsTheWaitAndStaysSet() {
		this.time.at(Duration.ofMillis(30), Thread.currentThread()::interrupt);
		assertThat(this.poller.await(() -> false, Deadline.after(Duration.ofSeconds(5), this.time))).isFalse();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.time.elapsed()).isLessThan(Duration.ofMillis(50));
	}

	@Test
	void theEarlierOfTwoDeadlinesCounts() {
		Deadline deadline = Deadline.after(Duration.ofSeconds(5), this.time);
		assertThat(deadline.orAfter(Duration.ofSeconds(3)).remaining()).isEqualTo(Duration.ofSeconds(3));
		assertThat(deadline.orAfter(Duration.ofSeconds(8)).remaining()).isEqualTo(Duration.ofSeconds(5));
	}

}

package io.podlifecycle.dependency;

import java.time.Duration;

import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.FakeTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PollingScheduleTests {

	private static final Duration PAUSE = Duration.ofMillis(75);

	private final FakeTime time = new FakeTime();

	private final PollingSchedule schedule = new PollingSchedule(this.time, this.time);

	@Test
	void oneAloneIsTriedAfterEachPause() {
		for (int i = 0; i < 100; i++) {
			assertThat(turn()).isEqualTo(PAUSE);
			this.time.pass(PAUSE);
		}
	}

	@Test
	void severalTakeTurns() {
		assertThat(turn()).isEqualTo(PAUSE);
		assertThat(turn()).isEqualTo(PAUSE.multipliedBy(2));
		assertThat(turn()).isEqualTo(PAUSE.multipliedBy(3));
		this.time.pass(PAUSE);
		assertThat(turn()).isEqualTo(PAUSE.multipliedBy(3));
		this.time.pass(Duration.ofMinutes(1));
		assertThat(turn()).isEqualTo(PAUSE);
	}

	@Test
	void noTurnIsMoreThanTenSecondsAway() {
		for (int i = 0; i < 133; i++) {
			turn();
		}
		assertThat(turn()).isEqualTo(Duration.ofSeconds(10));
		assertThat(turn()).isEqualTo(Duration.ofSeconds(10));
		this.time.pass(PAUSE);
		assertThat(turn()).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void turnsBeginAnewWhenOneHasAnswered() {
		turn();
		turn();
		this.schedule.answered();
		assertThat(turn()).isEqualTo(PAUSE);
	}

	@Test
	void towardsTheDeadlineTurnsAreNearer() {
		for (int i = 0; i < 133; i++) {
			turn();
		}
		assertThat(this.schedule.nextTurn(PAUSE, in(Duration.ofSeconds(3)))).isEqualTo(Duration.ofMillis(1500));
		assertThat(this.schedule.nextTurn(PAUSE, in(Duration.ofMillis(100)))).isEqualTo(PAUSE);
	}

	@Test
	void pausesAreSpreadAtRandomAndEndWithTheDeadline() {
		assertThat(pauseOf(0, Duration.ofHours(1))).isEqualTo(Duration.ofMillis(60));
		assertThat(pauseOf(0.5, Duration.ofHours(1))).isEqualTo(Duration.ofMillis(75));
		assertThat(pauseOf(1, Duration.ofMillis(10))).isEqualTo(Duration.ofMillis(10));
	}

	private Duration pauseOf(double random, Duration left) {
		Duration start = this.time.elapsed();
		assertThat(this.schedule.awaitTurn(random, this.schedule.answers(), in(left))).isTrue();
		return this.time.elapsed().minus(start);
	}

	@Test
	void anAnswerSinceTheLastTryMakesItTheNextTurnAfterThePause() {
		int seen = this.schedule.answers();
		this.schedule.answered();
		turn();
		turn();
		assertThat(this.schedule.awaitTurn(0.5, seen, in(Duration.ofHours(1)))).isTrue();
		assertThat(this.time.elapsed()).isEqualTo(PAUSE);
	}

	@Test
	void anInterruptEndsTheWaitForATurn() {
		turn();
		this.time.at(Duration.ofMillis(10), Thread.currentThread()::interrupt);
		assertThat(this.schedule.awaitTurn(0.5, this.schedule.answers(), in(Duration.ofHours(1)))).isFalse();
		assertThat(Thread.interrupted()).isTrue();
	}

	private Duration turn() {
		return this.schedule.nextTurn(PAUSE, in(Duration.ofHours(1)));
	}

	private Deadline in(Duration duration) {
		return Deadline.after(duration, this.time);
	}

}

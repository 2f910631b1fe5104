package io.podlifecycle.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeldConditionTests {

	private final FakeTime time = new FakeTime();

	private final AtomicBoolean condition = new AtomicBoolean();

	private final HeldCondition held = new HeldCondition(this.condition::get, Duration.ofMillis(500), this.time);

	@Test
	void theTimeBeginsWhenItIsSeen() {
		assertThat(this.held.getAsBoolean()).isFalse();
		this.time.pass(Duration.ofSeconds(5));
		this.condition.set(true);
		assertThat(this.held.getAsBoolean()).isFalse();
		this.time.pass(Duration.ofMillis(499));
		assertThat(this.held.getAsBoolean()).isFalse();
		this.time.pass(Duration.ofMillis(1));
		assertThat(this.held.getAsBoolean()).isTrue();
	}

	@Test
	void whatIsNeverTrueIsNeverHeld() {
		this.time.pass(Duration.ofSeconds(5));
		assertThat(this.held.getAsBoolean()).isFalse();
	}

}

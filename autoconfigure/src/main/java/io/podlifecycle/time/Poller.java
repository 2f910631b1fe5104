package io.podlifecycle.time;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.podlifecycle.Internal;

/**
 * Waits for a condition by looking at it again and again. Used for waits of seconds in
 * which a few milliseconds more do no harm: the condition then needs no signal, and a
 * test can move the time. Safe for use by several threads.
 *
 * @since 0.1.0
 */
@Internal
public final class Poller {

	private final Sleeper sleeper;

	private final Duration interval;

	/**
	 * Create a poller.
	 * @param sleeper what sleeps between two looks
	 * @param interval the time between two looks, greater than zero
	 */
	public Poller(Sleeper sleeper, Duration interval) {
		this.sleeper = sleeper;
		this.interval = interval;
	}

	/**
	 * Wait until the condition holds, the deadline is over or the thread is interrupted
	 * (its flag stays set), whichever comes first.
	 * @param condition the condition, cheap to evaluate
	 * @param deadline when to give up
	 * @return whether the condition held at the end
	 */
	public boolean await(BooleanSupplier condition, Deadline deadline) {
		while (!condition.getAsBoolean()) {
			Duration pause = deadline.limit(this.interval);
			if (pause.isZero() || !this.sleeper.sleepUnlessInterrupted(pause)) {
				return condition.getAsBoolean();
			}
		}
		return true;
	}

}

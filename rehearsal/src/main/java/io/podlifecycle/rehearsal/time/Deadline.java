package io.podlifecycle.rehearsal.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A moment by which something has to have come about. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class Deadline {

	private static final long SHORTEST_WAIT_NANOS = 1_000_000;

	private final long nanos;

	private Deadline(long nanos) {
		this.nanos = nanos;
	}

	/**
	 * Creates a deadline.
	 * @param time how far from now it is; it has passed already if that is zero or less
	 * @return the deadline
	 */
	public static Deadline in(Duration time) {
		return new Deadline(System.nanoTime() + time.toNanos());
	}

	/**
	 * Returns a later deadline.
	 * @param time how much later it is than this one
	 * @return the deadline
	 */
	public Deadline later(Duration time) {
		return new Deadline(this.nanos + time.toNanos());
	}

	/**
	 * Tells whether it has passed.
	 * @return whether nothing is left of the time
	 */
	public boolean hasPassed() {
		return remainingNanos() <= 0;
	}

	/**
	 * Tells how much is left of the time.
	 * @return the time, zero once it has passed
	 */
	public Duration remaining() {
		return Duration.ofNanos(Math.max(0, remainingNanos()));
	}

	private long remainingNanos() {
		return this.nanos - System.nanoTime();
	}

	/**
	 * Waits once to be notified. The caller has locked the monitor and asks for its
	 * condition in a loop.
	 * @param monitor what is notified
	 * @param atMost the longest time of this one wait
	 * @return whether the condition is worth to be asked for again: {@code false}, at
	 * once, if the deadline has passed
	 * @throws InterruptedException if interrupted
	 */
	public boolean waitOn(Object monitor, Duration atMost) throws InterruptedException {
		long remaining = Math.min(remainingNanos(), atMost.toNanos());
		if (remaining <= 0) {
			return false;
		}
		TimeUnit.NANOSECONDS.timedWait(monitor, Math.max(remaining, SHORTEST_WAIT_NANOS));
		return true;
	}

	/**
	 * Waits for a condition.
	 * @param monitor what the caller has locked, and what is notified when the condition
	 * may have come about
	 * @param condition the condition, asked while the monitor is locked
	 * @return whether it came about in time
	 * @throws InterruptedException if interrupted
	 */
	public boolean await(Object monitor, BooleanSupplier condition) throws InterruptedException {
		boolean inTime = true;
		boolean met = condition.getAsBoolean();
		while (!met && inTime) {
			inTime = waitOn(monitor, Duration.ofNanos(Long.MAX_VALUE));
			met = condition.getAsBoolean();
		}
		return met;
	}

}

package io.podlifecycle.rehearsal.time;

import java.time.Duration;
import java.time.Instant;

/**
 * How much time has passed since a moment, whatever becomes of the machine's clock.
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class Stopwatch {

	private final Instant startedAt;

	private final long startNanos;

	private Stopwatch(Instant startedAt, long startNanos) {
		this.startedAt = startedAt;
		this.startNanos = startNanos;
	}

	/**
	 * Starts a stopwatch.
	 * @return a stopwatch that reads zero now
	 */
	public static Stopwatch start() {
		return new Stopwatch(Instant.now(), System.nanoTime());
	}

	/**
	 * Returns one that was started at another moment.
	 * @param mark what this one reads at that moment, which may be yet to come
	 * @return a stopwatch that reads zero then
	 */
	public Stopwatch from(Duration mark) {
		return new Stopwatch(this.startedAt.plus(mark), this.startNanos + mark.toNanos());
	}

	/**
	 * Tells when it was started, by the machine's clock.
	 * @return the moment
	 */
	public Instant startedAt() {
		return this.startedAt;
	}

	/**
	 * Reads it; it runs on.
	 * @return the time since its start
	 */
	public Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.startNanos);
	}

}

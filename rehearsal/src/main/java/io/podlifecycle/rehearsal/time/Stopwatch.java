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

	private final Instant startedAt = Instant.now();

	private final long startNanos = System.nanoTime();

	private Stopwatch() {
	}

	/**
	 * Starts a stopwatch.
	 * @return a stopwatch that reads zero now
	 */
	public static Stopwatch start() {
		return new Stopwatch();
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

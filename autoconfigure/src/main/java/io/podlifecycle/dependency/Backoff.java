package io.podlifecycle.dependency;

import java.time.Duration;

import io.podlifecycle.Internal;

/**
 * The pause between two tries, which grows with each of them. Immutable.
 *
 * @param delay the pause after the first try, greater than zero
 * @param multiplier by how much each pause is longer than the one before, at least 1
 * @param maxDelay the longest pause before jitter, at least {@code delay}
 * @param jitter the part of a pause, from 0 to 1, that is added to it at random at the
 * most, so that many pods do not try in step
 * @since 0.1.0
 */
@Internal
public record Backoff(Duration delay, double multiplier, Duration maxDelay, double jitter) {

	public Backoff {
		require(delay.compareTo(Duration.ZERO) > 0, "delay must be greater than zero");
		require(multiplier >= 1, "multiplier must be at least 1");
		require(maxDelay.compareTo(delay) >= 0, "max-delay must not be shorter than delay");
		require(jitter >= 0 && jitter <= 1, "jitter must be between 0 and 1");
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

	/**
	 * Return the pause after a try.
	 * @param attempt the number of the try, from 1
	 * @param random a random number from 0 (inclusive) to 1 (exclusive)
	 * @return the pause
	 */
	public Duration pauseAfter(int attempt, double random) {
		double grown = this.delay.toNanos() * Math.pow(this.multiplier, attempt - 1);
		double capped = Math.min(grown, (double) this.maxDelay.toNanos());
		return Duration.ofNanos((long) (capped * (1 + this.jitter * random)));
	}

}

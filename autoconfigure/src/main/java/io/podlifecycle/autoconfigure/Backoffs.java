package io.podlifecycle.autoconfigure;

import java.time.Duration;

import io.podlifecycle.dependency.Backoff;

/**
 * Makes a backoff out of properties.
 */
final class Backoffs {

	private Backoffs() {
	}

	static Backoff of(String property, Duration delay, double multiplier, Duration maxDelay, double jitter) {
		try {
			return new Backoff(delay, multiplier, maxDelay, jitter);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidPropertyException(property, "delay " + delay + ", max-delay " + maxDelay,
					String.valueOf(ex.getMessage()),
					"Set it here or in 'pod-lifecycle.startup.backoff': delay above 0, max-delay at least delay, "
							+ "multiplier at least 1, jitter from 0 to 1.");
		}
	}

}

package io.podlifecycle.boot;

import java.time.Duration;

import io.podlifecycle.Internal;
import io.podlifecycle.dependency.Backoff;

/**
 * Makes a backoff out of properties.
 */
@Internal
public final class Backoffs {

	private Backoffs() {
	}

	public static Backoff of(String property, Duration delay, double multiplier, Duration maxDelay, double jitter) {
		try {
			return new Backoff(delay, multiplier, maxDelay, jitter);
		}
		catch (IllegalArgumentException ex) {
			String name = String.valueOf(ex.getMessage()).split(" ", 2)[0];
			Object value = switch (name) {
				case "multiplier" -> multiplier;
				case "jitter" -> jitter;
				case "delay" -> delay;
				default -> maxDelay;
			};
			throw new InvalidPropertyException(property + "." + name, value, String.valueOf(ex.getMessage()),
					"Set it here or in 'pod-lifecycle.startup.backoff': delay above 0, max-delay at least delay, "
							+ "multiplier at least 1, jitter from 0 to 1.");
		}
	}

}

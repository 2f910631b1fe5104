package io.podlifecycle.boot;

import java.time.Duration;

import io.podlifecycle.Internal;

/**
 * Checks durations in properties.
 */
@Internal
public final class Durations {

	private static final Duration LONGEST = Duration.ofDays(365);

	private static final String FIX = "Set it to a duration such as 500ms, 10s or 5m; a bare number is in seconds.";

	private Durations() {
	}

	public static Duration positive(String property, Duration duration) {
		if (duration.isZero()) {
			throw new InvalidPropertyException(property, duration, "it must be greater than zero", FIX);
		}
		return notNegative(property, duration);
	}

	public static Duration notNegative(String property, Duration duration) {
		if (duration.isNegative()) {
			throw new InvalidPropertyException(property, duration, "it must not be negative", FIX);
		}
		if (duration.compareTo(LONGEST) > 0) {
			throw new InvalidPropertyException(property, duration, "it must not be longer than a year", FIX);
		}
		return duration;
	}

}

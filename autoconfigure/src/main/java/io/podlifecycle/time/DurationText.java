package io.podlifecycle.time;

import java.time.Duration;
import java.util.Locale;

import io.podlifecycle.Internal;

/**
 * Durations for people to read.
 *
 * @since 0.1.0
 */
@Internal
public final class DurationText {

	private DurationText() {
	}

	/**
	 * Write a duration in seconds.
	 * @param duration the duration
	 * @return for instance {@code 1.250 s}
	 */
	public static String seconds(Duration duration) {
		return String.format(Locale.ROOT, "%.3f s", duration.toNanos() / 1e9);
	}

}

package io.podlifecycle.rehearsal.junit;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads durations as people write them.
 *
 * @since 0.1.0
 */
final class Durations {

	private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

	private Durations() {
	}

	/**
	 * Reads a duration: a number with {@code ms}, {@code s}, {@code m} or {@code h}; a
	 * bare number is a number of seconds, as in the properties of the library.
	 * @param name what it is for, for the message
	 * @param value the text
	 * @return the duration
	 * @throws IllegalArgumentException if it is not like that
	 */
	static Duration parse(String name, String value) {
		Matcher matcher = DURATION.matcher(value);
		if (!matcher.matches()) {
			throw new IllegalArgumentException(name + " must be like 300ms, 5s, 15m or 1h, but is '" + value + "'");
		}
		long amount = Long.parseLong(matcher.group(1));
		return switch ((matcher.group(2) != null) ? matcher.group(2) : "s") {
			case "ms" -> Duration.ofMillis(amount);
			case "m" -> Duration.ofMinutes(amount);
			case "h" -> Duration.ofHours(amount);
			default -> Duration.ofSeconds(amount);
		};
	}

}

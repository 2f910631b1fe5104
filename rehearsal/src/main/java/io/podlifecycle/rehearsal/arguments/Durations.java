package io.podlifecycle.rehearsal.arguments;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads durations as people write them.
 *
 * @since 0.1.0
 */
public final class Durations {

	private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

	private Durations() {
	}

	/**
	 * Reads a duration: a number with {@code ms}, {@code s}, {@code m} or {@code h}.
	 * @param name what it is for, for the message
	 * @param value the text
	 * @return the duration
	 * @throws IllegalArgumentException if it is not like that
	 */
	public static Duration parse(String name, String value) {
		Matcher matcher = DURATION.matcher(value);
		if (!matcher.matches()) {
			throw new IllegalArgumentException(name + " must be like 300ms, 5s, 15m or 1h, but is '" + value + "'");
		}
		long amount = Long.parseLong(matcher.group(1));
		return switch (matcher.group(2)) {
			case "ms" -> Duration.ofMillis(amount);
			case "s" -> Duration.ofSeconds(amount);
			case "m" -> Duration.ofMinutes(amount);
			default -> Duration.ofHours(amount);
		};
	}

}

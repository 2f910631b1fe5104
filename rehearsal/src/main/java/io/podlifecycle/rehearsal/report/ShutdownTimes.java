package io.podlifecycle.rehearsal.report;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The times that the library's shutdown report tells. Immutable.
 *
 * @param elapsed from what caused the shutdown to its end
 * @param quiescing how long traffic was waited for to stop, SIGTERM after a preStop hook
 * included
 * @param draining how long requests in flight were waited for
 */
record ShutdownTimes(Duration elapsed, Duration quiescing, Duration draining) {

	private static final Pattern HEADLINE = Pattern.compile("^Gone (\\d+\\.\\d+) s after ");

	private static final Pattern PHASES = Pattern.compile("^\\s*phases: (.*)$", Pattern.MULTILINE);

	/**
	 * Reads a report.
	 * @param message what a pod left as its termination message
	 * @return the times; empty if this is no report of a complete shutdown
	 */
	static Optional<ShutdownTimes> read(String message) {
		Matcher headline = HEADLINE.matcher(message);
		Matcher phases = PHASES.matcher(message);
		if (!headline.find() || !phases.find()) {
			return Optional.empty();
		}
		String times = phases.group(1);
		return Optional.of(new ShutdownTimes(seconds(headline.group(1)),
				time(times, "propagation").plus(time(times, "waiting for SIGTERM")), time(times, "drain")));
	}

	private static Duration time(String phases, String name) {
		Matcher time = Pattern.compile("(?:^|, )" + name + " (\\d+\\.\\d+) s").matcher(phases);
		return time.find() ? seconds(time.group(1)) : Duration.ZERO;
	}

	private static Duration seconds(String text) {
		return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1_000));
	}

}

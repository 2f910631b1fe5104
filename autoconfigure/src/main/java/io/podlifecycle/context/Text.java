package io.podlifecycle.context;

import java.time.Duration;
import java.util.Locale;

import io.podlifecycle.dependency.DependencyOutcome;

/**
 * Words for the log and for failure analyses.
 *
 * @since 0.1.0
 */
public final class Text {

	private Text() {
	}

	/**
	 * Describe a dependency that did not answer.
	 * @param outcome how far it is
	 * @return its name, target and last error, the number of tries and their time
	 */
	public static String describe(DependencyOutcome outcome) {
		return outcome.dependency() + ": " + outcome.lastError() + " (" + tries(outcome.attempts()) + " in "
				+ seconds(outcome.elapsed()) + ")";
	}

	static String progress(DependencyOutcome outcome) {
		return (outcome.isAnswered() ? "answered" : "missing") + " after " + seconds(outcome.elapsed()) + " and "
				+ tries(outcome.attempts());
	}

	static String tries(int attempts) {
		return (attempts == 1) ? "1 try" : attempts + " tries";
	}

	static String seconds(Duration duration) {
		return String.format(Locale.ROOT, "%.3f s", duration.toNanos() / 1e9);
	}

}

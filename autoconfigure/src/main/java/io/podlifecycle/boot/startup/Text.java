package io.podlifecycle.boot.startup;

import io.podlifecycle.dependency.DependencyOutcome;
import io.podlifecycle.time.DurationText;

/**
 * Words for the log and for failure analyses.
 *
 * @since 0.1.0
 */
final class Text {

	private Text() {
	}

	/**
	 * Describe a dependency that did not answer.
	 * @param outcome how far it is
	 * @return its name, target and last error, the number of tries and their time
	 */
	public static String describe(DependencyOutcome outcome) {
		return outcome.dependency() + ": " + outcome.lastError() + " (" + tries(outcome.attempts()) + " in "
				+ DurationText.seconds(outcome.elapsed()) + ")";
	}

	static String progress(DependencyOutcome outcome) {
		return (outcome.isAnswered() ? "answered" : "missing") + " after " + DurationText.seconds(outcome.elapsed())
				+ " and " + tries(outcome.attempts());
	}

	static String tries(int attempts) {
		return (attempts == 1) ? "1 try" : attempts + " tries";
	}

}

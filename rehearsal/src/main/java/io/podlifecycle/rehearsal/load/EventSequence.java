package io.podlifecycle.rehearsal.load;

import java.util.Optional;
import java.util.regex.Pattern;

import io.podlifecycle.rehearsal.load.Failure.Kind;

/**
 * Holds the numbers of events against each other: within a stream each is one more than
 * the one before, and the next stream does not skip any. It may begin anew, though, or
 * repeat some. What is not a number is not looked at.
 */
final class EventSequence {

	private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

	private long last = -1;

	private boolean begun;

	void streamOpened() {
		this.begun = false;
	}

	void next(String text) throws FailureException {
		if (!NUMBER.matcher(text).matches()) {
			return;
		}
		long number = Long.parseLong(text);
		long expected = this.last + 1;
		boolean gap = this.begun ? number != expected : expected > 0 && number > expected;
		this.begun = true;
		this.last = number;
		if (gap) {
			throw new FailureException(Kind.GAP, "Event " + number + " came instead of " + expected);
		}
	}

	/**
	 * Return the last number, for the server to go on from there.
	 */
	Optional<String> last() {
		return (this.last < 0) ? Optional.empty() : Optional.of(String.valueOf(this.last));
	}

}

package io.podlifecycle.dependency;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.podlifecycle.time.Deadline;

/**
 * Tries several places one after the other until one does. Each has its share of the time
 * that is left, since one that swallows packets must not use up the time of the others.
 */
final class FirstSuccess {

	private FirstSuccess() {
	}

	/**
	 * Find the first place that does.
	 * @param places where to try
	 * @param deadline when all of it has to be over
	 * @param attempt tries one place, in as much time as it is given
	 * @return what the first attempt that did not fail has found
	 * @throws IOException if all failed: what the first one failed with that told more
	 * than that its time was over, or else the first one; the others are suppressed
	 */
	static <T, R> R first(List<T> places, Deadline deadline, Attempt<T, R> attempt) throws IOException {
		List<IOException> failures = new ArrayList<>();
		for (int i = 0; i < places.size(); i++) {
			try {
				return attempt.at(places.get(i), deadline.share(places.size() - i));
			}
			catch (IOException ex) {
				failures.add(ex);
			}
		}
		throw mostTelling(failures);
	}

	private static IOException mostTelling(List<IOException> failures) {
		IOException failure = failures.stream()
			.filter((candidate) -> !(candidate instanceof SocketTimeoutException))
			.findFirst()
			.or(() -> failures.stream().findFirst())
			.orElseGet(() -> new UnknownHostException("nowhere to go"));
		failures.stream().filter((other) -> other != failure).forEach(failure::addSuppressed);
		return failure;
	}

	/**
	 * An attempt at one place.
	 *
	 * @param <T> the type of the places
	 * @param <R> what an attempt finds
	 */
	@FunctionalInterface
	interface Attempt<T, R> {

		R at(T place, Duration timeLimit) throws IOException;

	}

}

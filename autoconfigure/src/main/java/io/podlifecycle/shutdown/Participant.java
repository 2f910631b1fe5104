package io.podlifecycle.shutdown;

/**
 * Takes part in a shutdown with work of its own: a message listener, an executor, a
 * server, a set of streams. A shutdown calls each method at most once, on a thread of its
 * own, so a participant that blocks or fails holds up no other; it is reported.
 *
 * @since 0.1.0
 */
public interface Participant {

	/**
	 * Return its name for logs and reports.
	 * @return a few words
	 */
	String name();

	/**
	 * Ask for no more: called when the shutdown begins. What arrives in spite of it is
	 * still served.
	 * @throws Exception if it fails; the shutdown goes on
	 */
	default void quiesce() throws Exception {
	}

	/**
	 * Bring to an end what would not end by itself: called when clients have learned of
	 * the shutdown, and no new one is expected.
	 * @throws Exception if it fails; the shutdown goes on
	 */
	default void drain() throws Exception {
	}

	/**
	 * Return how much work of this participant is in flight. The shutdown waits until it
	 * is zero, and asks several times a second; others ask at any time, so the question
	 * must change nothing.
	 * @return the number of pieces of work that are accepted and not completed
	 */
	default long inFlight() {
		return 0;
	}

	/**
	 * Return how much of its work the drain has cut off so far, for the report.
	 * @return the number of pieces of work that did not come to a clean end
	 */
	default long aborted() {
		return 0;
	}

	/**
	 * Return what it has done in the shutdown so far, for the report.
	 * @return a few words such as "3 ended", or an empty text
	 */
	default String outcome() {
		return "";
	}

}

package io.podlifecycle.rehearsal.cli.report;

import java.time.Duration;
import java.util.Locale;

/**
 * A span of a pod's life. Immutable.
 *
 * @param kind what the pod did
 * @param from when that began, counted from the start of the rehearsal
 * @param to when it ended, counted likewise
 */
record PodPhase(Kind kind, Duration from, Duration to) {

	Duration length() {
		return this.to.minus(this.from);
	}

	/**
	 * What a pod does. The order is that of an undisturbed life.
	 */
	enum Kind {

		WAITING("waits for what must be there first: init containers, dependencies, a back-off"),

		STARTING("the process starts and is not ready yet"),

		READY("serves"),

		NOT_READY("has been ready, and its readiness probe fails"),

		QUIESCING("asks for no more and serves what still arrives"),

		DRAINING("lets requests in flight finish"),

		CLOSING("closes the application context"),

		LEAVING("is being ended; it left no report that tells more");

		private final String meaning;

		Kind(String meaning) {
			this.meaning = meaning;
		}

		String meaning() {
			return this.meaning;
		}

		/**
		 * Returns the name for people, such as {@code not ready}.
		 */
		String label() {
			return name().toLowerCase(Locale.ROOT).replace('_', ' ');
		}

	}

}

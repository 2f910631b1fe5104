package io.podlifecycle.drain;

import java.time.Duration;
import java.util.List;

/**
 * What happened between the first moment of a shutdown and the end of its drain.
 * Immutable.
 *
 * @param cause what made the application leave
 * @param propagation how the propagation delay ended
 * @param propagationTime how long it took, zero if there was none
 * @param drainTime how long the drain took
 * @param inFlightAtStart how much work was in flight when the shutdown began
 * @param lateRequests how many requests arrived after that, and were served
 * @param cutOff how much work was still in flight when the drain ended
 * @param oldestCutOff the oldest pieces of that work
 * @param participants how much each participant had still to do then
 * @param connectionsLeft how many connections were open when the drain ended
 * @param problems what failed on the way, one line each
 * @since 0.1.0
 */
public record DrainReport(ShutdownCause cause, Propagation propagation, Duration propagationTime, Duration drainTime,
		long inFlightAtStart, long lateRequests, long cutOff, List<WorkSnapshot> oldestCutOff,
		List<ParticipantLoad> participants, long connectionsLeft, List<String> problems) {

	public DrainReport {
		oldestCutOff = List.copyOf(oldestCutOff);
		participants = List.copyOf(participants);
		problems = List.copyOf(problems);
	}

	/**
	 * How a propagation delay ended.
	 */
	public enum Propagation {

		/**
		 * There was none: no client had to learn of the shutdown.
		 */
		SKIPPED("no propagation delay"),

		/**
		 * Traffic had stopped.
		 */
		QUIET("traffic had stopped"),

		/**
		 * The longest time was over.
		 */
		CAP("its longest time was over"),

		/**
		 * A further signal ended it.
		 */
		CUT_SHORT("a further signal ended it");

		private final String description;

		Propagation(String description) {
			this.description = description;
		}

		@Override
		public String toString() {
			return this.description;
		}

	}

}

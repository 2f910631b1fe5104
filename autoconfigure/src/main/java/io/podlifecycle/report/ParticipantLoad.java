package io.podlifecycle.report;

/**
 * How much a participant of a shutdown had to do at some moment. Immutable.
 *
 * @param name the participant's name
 * @param inFlight the pieces of work that were accepted and not completed
 * @param aborted the pieces of work that the drain had cut off
 * @param outcome what it had done in the shutdown, in a few words, or an empty text
 * @since 0.1.0
 */
public record ParticipantLoad(String name, long inFlight, long aborted, String outcome) {

	/**
	 * Create the load of a participant that has nothing to tell of what it had done.
	 * @param name the participant's name
	 * @param inFlight the pieces of work that were accepted and not completed
	 */
	public ParticipantLoad(String name, long inFlight) {
		this(name, inFlight, 0, "");
	}

	/**
	 * Return whether there is anything to report of it.
	 * @return {@code true} if work is left, or something was done
	 */
	boolean isWorthReporting() {
		return this.inFlight > 0 || !this.outcome.isEmpty();
	}

}

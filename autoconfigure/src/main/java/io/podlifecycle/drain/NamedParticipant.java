package io.podlifecycle.drain;

/**
 * A participant whose name was asked for when the application started: a shutdown calls
 * it on threads of its own only.
 *
 * @param name its name
 * @param participant the participant
 */
record NamedParticipant(String name, Participant participant) {

	NamedParticipant(Participant participant) {
		this(participant.name(), participant);
	}

	ParticipantLoad load() {
		return new ParticipantLoad(this.name, inFlight(), aborted(), outcome());
	}

	/** A participant whose {@code inFlight()} throws is treated as idle. */
	private long inFlight() {
		try {
			return this.participant.inFlight();
		}
		catch (RuntimeException | Error ex) {
			return 0;
		}
	}

	private long aborted() {
		try {
			return this.participant.aborted();
		}
		catch (RuntimeException | Error ex) {
			return 0;
		}
	}

	private String outcome() {
		try {
			return this.participant.outcome();
		}
		catch (RuntimeException | Error ex) {
			return "";
		}
	}

}

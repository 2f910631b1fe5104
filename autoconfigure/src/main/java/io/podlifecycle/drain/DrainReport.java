package io.podlifecycle.drain;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.podlifecycle.report.Trigger;

/**
 * What happened between the first moment of a shutdown and the end of its drain, or so
 * far. Immutable.
 *
 * @param cause what has triggered the shutdown
 * @param propagation how the propagation delay ended
 * @param phases the phases so far, in their order
 * @param work what became of the work in flight
 * @param connectionsAtStart how many connections were open when the shutdown began
 * @param connectionsLeft how many connections are open
 * @param participants how much each participant has still to do
 * @param problems what failed on the way, one line each
 * @since 0.1.0
 */
public record DrainReport(Trigger cause, Propagation propagation, List<PhaseTime> phases, WorkTotals work,
		long connectionsAtStart, long connectionsLeft, List<ParticipantLoad> participants, List<String> problems) {

	public DrainReport {
		phases = List.copyOf(phases);
		participants = List.copyOf(participants);
		problems = List.copyOf(problems);
	}

	/**
	 * The same report with one more phase, from the end of the last one on.
	 * @param phase the phase
	 * @param elapsed how long after the beginning of the shutdown it ended
	 * @return the other report
	 */
	public DrainReport followedBy(Phase phase, Duration elapsed) {
		Duration begin = this.phases.isEmpty() ? Duration.ZERO : this.phases.get(this.phases.size() - 1).end();
		PhaseTime last = new PhaseTime(phase, begin, elapsed.minus(begin));
		return new DrainReport(this.cause, this.propagation,
				Stream.concat(this.phases.stream(), Stream.of(last)).toList(), this.work, this.connectionsAtStart,
				this.connectionsLeft, this.participants, this.problems);
	}

	/**
	 * Return how long a phase took.
	 * @param phase the phase
	 * @return its time, zero if there was none
	 */
	public Duration timeOf(Phase phase) {
		return this.phases.stream()
			.filter((time) -> time.phase() == phase)
			.map(PhaseTime::time)
			.reduce(Duration.ZERO, Duration::plus);
	}

	/**
	 * Return whether there is work that the drain does not wait for any more.
	 * @return {@code true} if something is still in flight after the drain
	 */
	public boolean isWorkGivenUp() {
		return this.work.inFlight() > 0
				|| this.participants.stream().anyMatch((participant) -> participant.inFlight() > 0);
	}

	/**
	 * Return how much was cut off.
	 * @return the work that is still in flight, and what participants had to cut off
	 */
	public long cutOff() {
		return this.work.inFlight() + this.participants.stream().mapToLong(ParticipantLoad::aborted).sum();
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

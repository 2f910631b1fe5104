package io.podlifecycle.report;

import java.time.Duration;
import java.util.List;

import io.podlifecycle.time.DurationText;
import org.jspecify.annotations.Nullable;

/**
 * What has happened since a shutdown was triggered. All times are of one stopwatch, to
 * the millisecond: the phases follow each other without a gap and add up to what has
 * elapsed. Immutable.
 *
 * @param trigger what has triggered the shutdown
 * @param status whether it is over, and how
 * @param exitCode the exit code of the process, {@code null} if it is not known
 * @param elapsed the time since the trigger
 * @param propagation what has become of the propagation delay
 * @param phases the phases so far, in their order; while the shutdown is in progress, so
 * is the last one
 * @param peers who sent requests in the minute before the propagation delay, or during it
 * @param work what has become of the work in flight
 * @param connectionsAtStart how many connections were open when the shutdown began
 * @param connectionsLeft how many connections are open, or were at the end of the drain
 * @param participants how much each participant has still to do
 * @param problems what failed on the way
 * @param hanging what had not ended at the deadline
 * @since 0.1.0
 */
public record ShutdownReport(Trigger trigger, Status status, @Nullable Integer exitCode, Duration elapsed,
		Propagation propagation, List<PhaseTime> phases, PeerTotals peers, WorkTotals work, long connectionsAtStart,
		long connectionsLeft, List<ParticipantLoad> participants, List<Problem> problems, List<Hang> hanging) {

	/**
	 * The most entries of all lists.
	 */
	public static final int MOST_ENTRIES = 60;

	public ShutdownReport {
		phases = List.copyOf(phases);
		participants = List.copyOf(participants);
		problems = List.copyOf(problems);
		hanging = List.copyOf(hanging);
	}

	/**
	 * A report of an application that was stopped before it was ready: its context closes
	 * at once.
	 * @param trigger what has triggered the shutdown
	 * @param elapsed the time since the trigger
	 * @return the report
	 */
	public static ShutdownReport ofStart(Trigger trigger, Duration elapsed) {
		return new ShutdownReport(trigger, Status.IN_PROGRESS, null, elapsed, Propagation.NEVER_READY,
				List.of(new PhaseTime(Phase.CLOSE, Duration.ZERO, elapsed)), PeerTotals.NONE,
				new WorkTotals(0, 0, 0, List.of()), 0, 0, List.of(), List.of(), List.of());
	}

	/**
	 * Return the same report of a shutdown that is over.
	 * @param status how it ended
	 * @param exitCode the exit code of the process, {@code null} if it is not known
	 * @param work the work, as it was when its server was stopped
	 * @param hanging what has not ended
	 * @return the other report
	 */
	public ShutdownReport ended(Status status, @Nullable Integer exitCode, WorkTotals work, List<Hang> hanging) {
		return new ShutdownReport(this.trigger, status, exitCode, this.elapsed, this.propagation, this.phases,
				this.peers, work, this.connectionsAtStart, this.connectionsLeft, this.participants, this.problems,
				hanging);
	}

	/**
	 * Return the same report with shorter lists. The fewer entries, the more of the less
	 * important lists are left out: work first, then participants, then problems and
	 * frames.
	 * @param entries from {@value #MOST_ENTRIES}, which leaves out next to nothing, to 0
	 * @return the other report
	 */
	public ShutdownReport limit(int entries) {
		WorkTotals shorter = new WorkTotals(this.work.inFlightAtStart(), this.work.arrived(), this.work.inFlight(),
				first(entries - MOST_ENTRIES * 2 / 3, this.work.oldest()));
		List<Hang> hangs = this.hanging.stream()
			.map((hang) -> new Hang(hang.kind(), hang.bean(), hang.phase(), hang.thread(),
					first(entries, hang.stack())))
			.toList();
		return new ShutdownReport(this.trigger, this.status, this.exitCode, this.elapsed, this.propagation, this.phases,
				new PeerTotals(this.peers.seen(), this.peers.sending(),
						first(entries - MOST_ENTRIES * 2 / 3, this.peers.mostRecent())),
				shorter, this.connectionsAtStart, this.connectionsLeft,
				first(entries - MOST_ENTRIES / 3, this.participants), first(entries, this.problems),
				first(entries, hangs));
	}

	private static <T> List<T> first(int entries, List<T> list) {
		return list.subList(0, Math.min(Math.max(entries, 0), list.size()));
	}

	/**
	 * Return the phase in progress.
	 * @return the last phase so far
	 */
	public Phase phase() {
		return this.phases.get(this.phases.size() - 1).phase();
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
	 * Return how much work the drain does not wait for any more. A request may have its
	 * work in an executor, so what participants have left is not added to what else is in
	 * flight.
	 * @return how much is still in flight after the drain, at least; zero only if there
	 * is nothing
	 */
	public long givenUp() {
		return Math.max(this.work.inFlight(), this.participants.stream().mapToLong(ParticipantLoad::inFlight).sum());
	}

	/**
	 * Return how much was cut off.
	 * @return what participants had to cut off and, if the shutdown is over, the work
	 * that was given up, at least
	 */
	public long cutOff() {
		return ((this.status == Status.IN_PROGRESS) ? 0 : givenUp())
				+ this.participants.stream().mapToLong(ParticipantLoad::aborted).sum();
	}

	/**
	 * Whether a shutdown is over, and how.
	 */
	public enum Status implements Identifiable {

		/**
		 * It goes on.
		 */
		IN_PROGRESS,

		/**
		 * All contexts are closed.
		 */
		COMPLETED,

		/**
		 * It was not over at its deadline.
		 */
		OVERDUE

	}

	/**
	 * When a phase of a shutdown was. Immutable.
	 *
	 * @param phase the phase
	 * @param begin how long after the beginning of the shutdown it began
	 * @param time how long it took, or takes so far
	 */
	public record PhaseTime(Phase phase, Duration begin, Duration time) {

		/**
		 * Return when it ended.
		 * @return how long after the beginning of the shutdown
		 */
		public Duration end() {
			return this.begin.plus(this.time);
		}

	}

	/**
	 * Who sent requests that count as traffic: peers by the addresses of their
	 * connections. Immutable.
	 *
	 * @param seen how many did
	 * @param sending how many of them are not, or were not at the end of the propagation
	 * delay, silent for long enough
	 * @param mostRecent those of them that sent something last
	 */
	public record PeerTotals(int seen, int sending, List<PeerActivity> mostRecent) {

		/** Nobody. */
		public static final PeerTotals NONE = new PeerTotals(0, 0, List.of());

		public PeerTotals {
			mostRecent = List.copyOf(mostRecent);
		}

	}

	/**
	 * How a peer has sent requests. Immutable. Its text is without the address, which may
	 * be personal.
	 *
	 * @param address the address of its connections
	 * @param lastSeen how long ago its last request was
	 * @param largestGap the longest time between two of its requests; a minute if it is
	 * not known
	 */
	public record PeerActivity(String address, Duration lastSeen, Duration largestGap) {

		@Override
		public String toString() {
			return "last request " + DurationText.seconds(this.lastSeen) + " ago, largest gap "
					+ DurationText.seconds(this.largestGap);
		}

	}

	/**
	 * What became of the work in flight during a shutdown. Immutable.
	 *
	 * @param inFlightAtStart how much work was in flight when the shutdown began
	 * @param arrived how many requests arrived after that, and were served
	 * @param inFlight how much work is still in flight; once the web server is stopped,
	 * it is cut off
	 * @param oldest the oldest pieces of that work
	 */
	public record WorkTotals(long inFlightAtStart, long arrived, long inFlight, List<WorkSnapshot> oldest) {

		public WorkTotals {
			oldest = List.copyOf(oldest);
		}

	}

	/**
	 * What was known of a piece of work at some moment of its life. Immutable.
	 *
	 * @param description what it was
	 * @param age how long ago it had begun
	 * @param stack the top of the stack of the thread that did it; empty if no thread did
	 */
	public record WorkSnapshot(String description, Duration age, List<String> stack) {

		public WorkSnapshot {
			stack = List.copyOf(stack);
		}

	}

	/**
	 * How much a participant of a shutdown had to do at some moment. Immutable.
	 *
	 * @param name the participant's name
	 * @param inFlight the pieces of work that were accepted and not completed
	 * @param aborted the pieces of work that the drain had cut off
	 * @param outcome what it had done in the shutdown, in a few words, or an empty text
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

	/**
	 * A part of a shutdown that failed or did not end. Immutable.
	 *
	 * @param part the part, such as {@code pre-stop task lease}
	 * @param message what is wrong with it, such as {@code does not end}
	 */
	public record Problem(String part, String message) {

		@Override
		public String toString() {
			return this.part + " " + this.message;
		}

	}

	/**
	 * What keeps a process from its end at the deadline. Immutable.
	 *
	 * @param kind what does not end
	 * @param bean the name of the bean, {@code null} if there is none or it is not known
	 * @param phase the phase of Spring's lifecycle in which the bean is stopped, if it is
	 * @param thread the name of the thread that hangs, {@code null} if it is not known
	 * @param stack where the thread is, the top first; empty if that is not known
	 */
	public record Hang(Kind kind, @Nullable String bean, @Nullable Integer phase, @Nullable String thread,
			List<String> stack) {

		public Hang {
			stack = List.copyOf(stack);
		}

		@Override
		public String toString() {
			return this.kind
					+ ((this.kind == Kind.APPLICATION_START) ? "" : (this.bean != null) ? " " + this.bean : " ?")
					+ ((this.phase != null) ? " in phase " + this.phase : "")
					+ ((this.thread != null) ? " in thread " + this.thread : "")
					+ (this.stack.isEmpty() ? "" : " at " + String.join("\n\t\tat ", this.stack));
		}

		/**
		 * What does not end.
		 */
		public enum Kind implements Identifiable {

			/**
			 * The start of the application.
			 */
			APPLICATION_START("start of the application"),

			/**
			 * A lifecycle bean that is stopped.
			 */
			BEAN_STOP("stop of bean"),

			/**
			 * A bean that is destroyed.
			 */
			BEAN_DESTRUCTION("destruction of bean");

			private final String description;

			Kind(String description) {
				this.description = description;
			}

			@Override
			public String toString() {
				return this.description;
			}

		}

	}

}

package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

import io.podlifecycle.report.ShutdownReport.ParticipantLoad;
import io.podlifecycle.report.ShutdownReport.Problem;
import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Asks all participants again and again how much is in flight, each on a thread of its
 * own, since they may block. One that throws, or does not answer in time, is treated as
 * idle. Used by one thread at a time, but for {@link #last()}.
 *
 * @since 0.1.0
 */
final class ParticipantLoads {

	private static final Duration TIME_TO_ANSWER = Duration.ofSeconds(1);

	private final List<Asked> participants = new ArrayList<>();

	private final Ticker ticker;

	private Deadline roundDeadline;

	private boolean outdated = true;

	private int idleRounds;

	ParticipantLoads(List<Participants.Named> participants, Executor executor, Ticker ticker) {
		participants.forEach((participant) -> this.participants.add(new Asked(participant, executor)));
		this.ticker = ticker;
		this.roundDeadline = Deadline.after(Duration.ZERO, ticker);
	}

	/**
	 * Take what the last round of questions has found, if it is over, and begin another.
	 * Called several times a second.
	 * @param othersIdle whether all else is idle; as long as it is not, what is found is
	 * out of date at once
	 * @return how many rounds in a row have found all participants idle
	 */
	public int idleRounds(boolean othersIdle) {
		if (isRoundOver()) {
			// Asking again resets whether a participant has answered.
			boolean wasIdle = areIdle();
			ask();
			this.idleRounds = (isRoundOver() ? areIdle() : wasIdle) ? this.idleRounds + 1 : 0;
		}
		if (!othersIdle) {
			this.idleRounds = 0;
			this.outdated = true;
		}
		return this.idleRounds;
	}

	private void ask() {
		this.roundDeadline = Deadline.after(TIME_TO_ANSWER, this.ticker);
		this.outdated = false;
		this.participants.forEach(Asked::ask);
	}

	private boolean isRoundOver() {
		return this.roundDeadline.isOver() || haveAnswered();
	}

	private boolean areIdle() {
		return !this.outdated && this.participants.stream().allMatch(Asked::isIdle);
	}

	/**
	 * Ask the participants once more that were busy at the end of the drain.
	 */
	void askBusyOnes() {
		this.participants.stream().filter((asked) -> !asked.isIdle()).forEach(Asked::ask);
	}

	/**
	 * Return whether nobody is being asked.
	 * @return {@code true} if all have answered, or failed to do so in time before
	 */
	boolean haveAnswered() {
		return this.participants.stream().allMatch(Asked::hasAnswered);
	}

	/**
	 * Return what was found last.
	 * @return the load of each participant that has answered so far
	 */
	public List<ParticipantLoad> last() {
		return this.participants.stream().flatMap((asked) -> Stream.ofNullable(asked.last)).toList();
	}

	/**
	 * Return who does not answer.
	 * @return a problem for each
	 */
	public List<Problem> problems() {
		return this.participants.stream()
			.filter((asked) -> asked.silent)
			.map((asked) -> new Problem("participant " + asked.participant.name(), "does not say what is in flight"))
			.toList();
	}

	/** A participant and its last answer. */
	private static final class Asked {

		private final Participants.Named participant;

		private final Executor executor;

		private volatile boolean answered = true;

		/** It was asked before, and has not answered in time. */
		private boolean silent;

		private volatile @Nullable ParticipantLoad last;

		Asked(Participants.Named participant, Executor executor) {
			this.participant = participant;
			this.executor = executor;
		}

		void ask() {
			this.silent = !this.answered;
			if (this.answered) {
				this.answered = false;
				try {
					this.executor.execute(this::answer);
				}
				catch (Throwable ex) {
					// There is no thread to ask on.
					this.answered = true;
				}
			}
		}

		private void answer() {
			try {
				this.last = this.participant.load();
			}
			finally {
				this.answered = true;
			}
		}

		boolean hasAnswered() {
			return this.answered || this.silent;
		}

		boolean isIdle() {
			ParticipantLoad load = this.last;
			return !this.answered || load == null || load.inFlight() == 0;
		}

	}

}

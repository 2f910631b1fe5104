package io.podlifecycle.drain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Asks all participants again and again how much is in flight, each on a thread of its
 * own, since they may block. One that throws, or does not answer in time, is treated as
 * idle. Used by one thread, but for {@link #last()}.
 *
 * @since 0.1.0
 */
public final class ParticipantLoads {

	private static final Duration TIME_TO_ANSWER = Duration.ofSeconds(1);

	private final List<Asked> participants = new ArrayList<>();

	private final Ticker ticker;

	private @Nullable Round round;

	ParticipantLoads(List<NamedParticipant> participants, Executor executor, Ticker ticker) {
		participants.forEach((participant) -> this.participants.add(new Asked(participant, executor)));
		this.ticker = ticker;
	}

	/**
	 * Look whether all participants are idle. A look takes what the last round of
	 * questions has found, and begins another.
	 * @return whether all that were asked since the look before are idle
	 */
	public boolean areIdle() {
		Round before = this.round;
		if (before != null && !before.isOver()) {
			return false;
		}
		// A new question makes its participant forget that it has answered the last one.
		boolean wasIdle = before != null && before.isIdle();
		Round now = new Round();
		this.round = now;
		return now.isOver() ? now.isIdle() : wasIdle;
	}

	/**
	 * Return whether all participants have answered, or are not waited for any more.
	 * @return whether the last round of questions is over
	 */
	public boolean areAnswered() {
		return this.round != null && this.round.isOver();
	}

	/**
	 * Forget what the last round has found: it is out of date.
	 */
	public void forget() {
		if (this.round != null && this.round.isOver()) {
			this.round = null;
		}
	}

	/**
	 * Return what was found last.
	 * @return the load of each participant that has answered so far
	 */
	public List<ParticipantLoad> last() {
		return this.participants.stream().flatMap((asked) -> asked.last().stream()).toList();
	}

	/**
	 * Return who does not answer.
	 * @return a line for each
	 */
	public List<String> problems() {
		return this.participants.stream().flatMap((asked) -> asked.problem().stream()).toList();
	}

	/** One question to each participant that has answered the one before. */
	private final class Round {

		private final Deadline deadline = Deadline.after(TIME_TO_ANSWER, ParticipantLoads.this.ticker);

		Round() {
			ParticipantLoads.this.participants.forEach(Asked::ask);
		}

		boolean isOver() {
			return this.deadline.isOver() || ParticipantLoads.this.participants.stream().allMatch(Asked::hasAnswered);
		}

		boolean isIdle() {
			return ParticipantLoads.this.participants.stream().allMatch(Asked::isIdle);
		}

	}

	/** A participant and its last answer. */
	private static final class Asked {

		private final NamedParticipant participant;

		private final Executor executor;

		private volatile boolean answered = true;

		/** It was asked before, and has not answered in time. */
		private boolean silent;

		private volatile @Nullable ParticipantLoad last;

		Asked(NamedParticipant participant, Executor executor) {
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

		List<ParticipantLoad> last() {
			ParticipantLoad load = this.last;
			return (load != null) ? List.of(load) : List.of();
		}

		List<String> problem() {
			return this.silent ? List.of("participant " + this.participant.name() + " does not say what is in flight")
					: List.of();
		}

	}

}

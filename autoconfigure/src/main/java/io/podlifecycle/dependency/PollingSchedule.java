package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;

/**
 * The pace of a wait while nothing is there: one try every 60 to 90 ms, by those that are
 * missing in turn, so that a wait costs no more for many than for one. When one answers
 * it is every other one's turn: what was down together tends to come together, and the
 * wait ends with the last. Safe for use by several threads.
 */
final class PollingSchedule {

	/** A refused connection or an unknown name costs the network a packet or two. */
	private static final Backoff WHILE_ABSENT = new Backoff(Duration.ofMillis(60), 1, Duration.ofMillis(60), 0.5);

	/** From some 130 that are missing on, more tries are made instead of rarer ones. */
	private static final Duration LONGEST = Duration.ofSeconds(10);

	private final Ticker ticker;

	private final Sleeper sleeper;

	private long lastTurn;

	private int answers;

	PollingSchedule(Ticker ticker, Sleeper sleeper) {
		this.ticker = ticker;
		this.sleeper = sleeper;
		this.lastTurn = ticker.nanos();
	}

	/**
	 * The number of those that have answered, to be asked before a try.
	 */
	synchronized int answers() {
		return this.answers;
	}

	/**
	 * Tell that one has answered.
	 */
	synchronized void answered() {
		this.answers++;
		this.lastTurn = this.ticker.nanos();
		notifyAll();
	}

	/**
	 * Sleep until the next turn of one that is absent, or until another has answered, but
	 * for the pause between two tries at the least.
	 * @param random from 0 (inclusive) to 1 (exclusive)
	 * @param seen the answers before the last try
	 * @param deadline when the tries end; they become more frequent towards it, so that
	 * an answer is not missed for having come late
	 * @return {@code false} if the thread was interrupted; its flag is set
	 */
	boolean awaitTurn(double random, int seen, Deadline deadline) {
		Duration pause = deadline.limit(WHILE_ABSENT.pauseAfter(1, random));
		Duration turn = nextTurn(pause, deadline);
		return this.sleeper.sleepUnlessInterrupted(pause) && awaitAnswer(seen, turn.minus(pause));
	}

	synchronized Duration nextTurn(Duration pause, Deadline deadline) {
		long now = this.ticker.nanos();
		long untilTurn = Math.min(Math.max(0, this.lastTurn - now) + pause.toNanos(), LONGEST.toNanos());
		this.lastTurn = now + untilTurn;
		long half = deadline.share(2).toNanos();
		return Duration.ofNanos(Math.max(pause.toNanos(), Math.min(untilTurn, half)));
	}

	private synchronized boolean awaitAnswer(int seen, Duration atMost) {
		Deadline deadline = Deadline.after(atMost, this.ticker);
		try {
			while (this.answers == seen && !deadline.isOver()) {
				TimeUnit.NANOSECONDS.timedWait(this, deadline.remaining().toNanos());
			}
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}

package io.podlifecycle.drain;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Ticker;

/**
 * Asks clients to leave, again and again while new ones may come: each server on a thread
 * of its own, and none of them while it is still at it. Used by one thread.
 */
final class Farewell {

	/**
	 * Long enough for a client to have heard the first word, and for what it had sent
	 * before to have arrived.
	 */
	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private final List<Connections> connections;

	private final Executor executor;

	private final Ticker ticker;

	private Steps round;

	private Deadline next;

	Farewell(List<Connections> connections, Executor executor, Ticker ticker) {
		this.connections = connections;
		this.executor = executor;
		this.ticker = ticker;
		this.round = new Steps(executor);
		this.next = Deadline.after(Duration.ZERO, ticker);
	}

	void sayIfDue() {
		if (this.next.isOver() && this.round.areOver()) {
			this.next = Deadline.after(INTERVAL, this.ticker);
			this.round = new Steps(this.executor);
			this.connections.forEach((some) -> this.round.start("farewell to clients", some::askToLeave));
		}
	}

	Steps lastRound() {
		return this.round;
	}

}

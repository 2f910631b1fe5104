package io.podlifecycle.drain;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Ticker;

/**
 * Asks clients to close their connections, about once a second, since new ones may be
 * opened: each server on a thread of its own, and only when its last round is over. Used
 * by one thread.
 *
 * @since 0.1.0
 */
public final class ConnectionDrainer {

	/**
	 * Long enough for a client to have received the first request, and for what it had
	 * sent before to have arrived.
	 */
	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private final List<Connections> connections;

	private final Executor executor;

	private final Ticker ticker;

	private ShutdownTasks round;

	private Deadline next;

	ConnectionDrainer(List<Connections> connections, Executor executor, Ticker ticker) {
		this.connections = connections;
		this.executor = executor;
		this.ticker = ticker;
		this.round = new ShutdownTasks(executor);
		this.next = Deadline.after(Duration.ZERO, ticker);
	}

	/**
	 * Begin the next round if it is due.
	 */
	public void drainIfDue() {
		if (this.next.isOver() && this.round.areOver()) {
			this.next = Deadline.after(INTERVAL, this.ticker);
			this.round = new ShutdownTasks(this.executor);
			this.connections.forEach((some) -> this.round.start("request to close connections", some::askToLeave));
		}
	}

	/**
	 * Return the last round.
	 * @return its tasks, which may still run
	 */
	public ShutdownTasks lastRound() {
		return this.round;
	}

}

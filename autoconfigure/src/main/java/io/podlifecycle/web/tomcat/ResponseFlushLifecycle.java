package io.podlifecycle.web.tomcat;

import java.time.Duration;

import io.podlifecycle.boot.Orders;
import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Poller;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.InFlight;

import org.springframework.context.SmartLifecycle;

/**
 * Lets the last bytes of the last answers go out before Tomcat closes its connections.
 * Tomcat writes what is left of a short answer, and the end of a chunked one, after the
 * request has left the filters and the servlet; Boot's graceful shutdown is complete by
 * then, and the close of the connections can overtake the bytes.
 *
 * @since 0.1.0
 */
final class ResponseFlushLifecycle implements SmartLifecycle {

	/** Ample for a write into a socket's buffer, even by a thread that was suspended. */
	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	private static final Duration LOOK_INTERVAL = Duration.ofMillis(5);

	private final TomcatConnections connections;

	private final InFlight inFlight;

	private final Ticker ticker;

	private final Poller poller;

	private volatile boolean running;

	/**
	 * Wait for the answers of a server.
	 * @param connections the connections that they go to
	 * @param inFlight what is not even answered: once Boot has given up on that, there is
	 * no time left for anything
	 * @param ticker the source of time
	 * @param sleeper sleeps between two looks
	 */
	ResponseFlushLifecycle(TomcatConnections connections, InFlight inFlight, Ticker ticker, Sleeper sleeper) {
		this.connections = connections;
		this.inFlight = inFlight;
		this.ticker = ticker;
		this.poller = new Poller(sleeper, LOOK_INTERVAL);
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.poller.await(this::areOut, Deadline.after(TIMEOUT, this.ticker));
		this.running = false;
	}

	private boolean areOut() {
		return this.connections.unfinishedTasks() == 0 || this.inFlight.count() > 0;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return Orders.RESPONSE_FLUSH_PHASE;
	}

}

package io.podlifecycle.rehearsal.load;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A {@link Load} that was started. It ends when it is stopped or when its maximum
 * duration is over.
 * <p>
 * Thread-safe. Its threads are daemons.
 *
 * @since 0.1.0
 */
public final class RunningLoad implements AutoCloseable {

	private static final Duration SLACK = Duration.ofSeconds(5);

	private final LoadRecorder recorder;

	private final StopSignal stop;

	private final Duration timeout;

	private final ScheduledThreadPoolExecutor timer;

	private final ScheduledFuture<?> end;

	RunningLoad(Duration max, Duration timeout, List<ClientPlan> clients, int rate, RequestListener listener) {
		this.timeout = timeout;
		this.recorder = new LoadRecorder(clients, listener);
		this.stop = new StopSignal(max);
		this.timer = new ScheduledThreadPoolExecutor(1, (task) -> daemon(task, "load-timer"));
		this.timer.setRemoveOnCancelPolicy(true);
		this.timer.setKeepAliveTime(1, TimeUnit.SECONDS);
		this.timer.allowCoreThreadTimeOut(true);
		// Requests look at the clock by themselves; streams have to be ended.
		this.end = this.timer.schedule(this.stop::stop, max.toNanos(), TimeUnit.NANOSECONDS);
		Optional<RequestSchedule> shared = (rate > 0) ? Optional.of(RequestSchedule.openLoop(rate)) : Optional.empty();
		for (ClientPlan client : clients) {
			daemon(client(client, shared), "load-" + client.name()).start();
		}
	}

	private Runnable client(ClientPlan client, Optional<RequestSchedule> shared) {
		if (client.isStream()) {
			return new StreamClient(client, this.timeout, this.recorder, this.stop);
		}
		RequestSchedule schedule = shared
			.orElseGet(() -> RequestSchedule.closedLoop(client.firstPause(), client.pause()));
		return new LoadClient(client, schedule, this.timeout, this.recorder, this.stop, this.timer);
	}

	private static Thread daemon(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Returns how many requests are over: answered or failed.
	 * @return the number so far
	 */
	public long requests() {
		return this.recorder.requests();
	}

	/**
	 * Returns how many requests failed.
	 * @return the number so far
	 */
	public long failed() {
		return this.recorder.failed();
	}

	/**
	 * Waits until a number of requests is over, counted from the start of the load. For
	 * "so many more", add {@link #requests()}.
	 * @param count the number
	 * @param timeout how long to wait at most
	 * @throws AssertionError if that does not happen in time, or the load ends before, or
	 * the wait is interrupted (the interrupt flag is set then)
	 */
	public void awaitRequests(long count, Duration timeout) {
		try {
			if (!this.recorder.awaitRequests(count, timeout)) {
				String reason = this.recorder.hasEnded() ? "the load had ended" : "that took longer than " + timeout;
				throw new AssertionError(count + " requests were awaited, but " + reason + ": " + snapshot());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for " + count + " requests: " + snapshot(), ex);
		}
	}

	/**
	 * Waits for the end of all clients.
	 * @param timeout how long to wait at most
	 * @return whether all clients have ended
	 * @throws InterruptedException if interrupted
	 */
	public boolean awaitEnd(Duration timeout) throws InterruptedException {
		return this.recorder.awaitEnd(timeout);
	}

	/**
	 * Returns what the clients saw so far, without stopping them.
	 * @return the result up to now
	 */
	public LoadResult snapshot() {
		return this.recorder.result();
	}

	/**
	 * Sends no further request, lets those in flight complete, leaves the streams and
	 * returns what the clients saw. May be called again, and after the load has ended by
	 * itself. After an interrupt it does not wait: requests in flight are missing then,
	 * and the interrupt flag is set.
	 * @return the result
	 * @throws AssertionError if a client hangs for 5 s more than the timeout of a
	 * request, which a slow DNS look-up can cause
	 */
	public LoadResult stop() {
		this.end.cancel(false);
		this.stop.stop();
		try {
			if (!this.recorder.awaitEnd(this.timeout.plus(SLACK))) {
				throw new AssertionError("A client did not end within " + this.timeout.plus(SLACK) + ": " + snapshot());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return snapshot();
	}

	/**
	 * Does the same as {@link #stop()}.
	 */
	@Override
	public void close() {
		stop();
	}

}

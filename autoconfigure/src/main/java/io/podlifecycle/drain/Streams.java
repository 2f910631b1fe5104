package io.podlifecycle.drain;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;

/**
 * The streams that are open and would not end by themselves: server-sent events,
 * WebSocket sessions, long polls. When the drain begins they are ended, evenly spread
 * over some time, so that their clients do not all come back elsewhere at the same
 * moment; a stream that is opened later is ended at once. Safe for use by several
 * threads.
 * <p>
 * An application registers a stream of its own with what ends it:
 *
 * <pre>{@code
 * var stream = streams.open("GET /changes", () -> result.setResult(Changes.none()));
 * result.onCompletion(stream::close);
 * }</pre>
 *
 * The drain waits, within its budget, until a stream that was ended is closed too.
 *
 * @since 0.1.0
 */
public final class Streams implements Participant {

	/**
	 * Enough for clients that are slow to take their last bytes to hold up few others.
	 */
	private static final int MOST_THREADS = 32;

	private final Duration spread;

	private final Executor executor;

	private final Ticker ticker;

	private final Sleeper sleeper;

	private final Set<OpenStream> open = ConcurrentHashMap.newKeySet();

	private final AtomicLong ended = new AtomicLong();

	private final AtomicLong failed = new AtomicLong();

	private volatile boolean draining;

	/**
	 * Create a registry without streams.
	 * @param spread the time over which the ends are spread, not negative
	 * @param executor runs what ends a stream, which may block
	 * @param ticker the source of time
	 * @param sleeper sleeps between two ends
	 */
	public Streams(Duration spread, Executor executor, Ticker ticker, Sleeper sleeper) {
		this.spread = spread;
		this.executor = executor;
		this.ticker = ticker;
		this.sleeper = sleeper;
	}

	/**
	 * An executor with a few daemon threads, which are there only while there is
	 * something to do.
	 * @return the executor to use outside of tests
	 */
	public static Executor daemonThreads() {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(MOST_THREADS, MOST_THREADS, 1, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (task) -> {
					Thread thread = new Thread(task, "pod-lifecycle-streams");
					thread.setDaemon(true);
					return thread;
				});
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	/**
	 * Note that a stream is opened.
	 * @param name what it is, for logs and reports, without secrets
	 * @param end brings it to a clean end. Called at most once, on a thread of its own,
	 * maybe at once. It should bear that the client has gone meanwhile: a stream whose
	 * end throws counts as failed, and is not waited for
	 * @return the stream, to be closed when it is over, however it ends
	 */
	public OpenStream open(String name, Runnable end) {
		OpenStream stream = new OpenStream(this, name, end);
		this.open.add(stream);
		if (this.draining) {
			endLater(stream);
		}
		return stream;
	}

	void closed(OpenStream stream) {
		this.open.remove(stream);
	}

	@Override
	public String name() {
		return "streams";
	}

	@Override
	public void drain() {
		this.draining = true;
		List<OpenStream> streams = List.copyOf(this.open);
		Stopwatch stopwatch = Stopwatch.start(this.ticker);
		for (int i = 0; i < streams.size(); i++) {
			Duration due = this.spread.multipliedBy(i).dividedBy(streams.size());
			sleepUntil(due.minus(stopwatch.elapsed()));
			endLater(streams.get(i));
		}
	}

	/** An interrupt means that there is no time left to spread the ends over. */
	private void sleepUntil(Duration due) {
		if (!due.isNegative() && !due.isZero() && !Thread.currentThread().isInterrupted()) {
			this.sleeper.sleepUnlessInterrupted(due);
		}
	}

	private void endLater(OpenStream stream) {
		this.executor.execute(() -> end(stream));
	}

	private void end(OpenStream stream) {
		// Who left meanwhile was not ended by the shutdown.
		if (!this.open.contains(stream)) {
			return;
		}
		// Counted first: when the last one has left, the report is written.
		this.ended.incrementAndGet();
		try {
			if (!stream.end()) {
				this.ended.decrementAndGet();
			}
		}
		catch (RuntimeException | LinkageError ex) {
			this.ended.decrementAndGet();
			this.failed.incrementAndGet();
			stream.close();
		}
	}

	/**
	 * Return how many streams are open.
	 */
	@Override
	public long inFlight() {
		return this.open.size();
	}

	@Override
	public String outcome() {
		if (!this.draining || ended() + failed() == 0) {
			return "";
		}
		return ended() + " ended" + ((failed() > 0) ? ", " + failed() + " could not be ended" : "");
	}

	/**
	 * Return how many streams the shutdown has ended.
	 * @return their number so far
	 */
	public long ended() {
		return this.ended.get();
	}

	/**
	 * Return how many streams could not be ended.
	 * @return the number of those that threw instead, so far
	 */
	public long failed() {
		return this.failed.get();
	}

}

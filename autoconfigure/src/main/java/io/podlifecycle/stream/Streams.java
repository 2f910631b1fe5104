package io.podlifecycle.stream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.podlifecycle.shutdown.Participant;
import io.podlifecycle.stream.EndSchedule.Attempt;
import io.podlifecycle.stream.OpenStream.State;
import io.podlifecycle.time.DaemonThreads;
import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The streams that are open and would not end by themselves: server-sent events,
 * WebSocket sessions, long polls. When the drain begins they are ended, evenly spread
 * over some time, so that their clients do not all come back elsewhere at the same
 * moment; a stream that is opened later is ended at once. One whose client does not read
 * holds up no other, and is cut off when the time of the drain is over. Safe for use by
 * several threads.
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
	 * More than are needed by ends that do not wait for their clients, and few enough for
	 * a small container if some of an application's own do.
	 */
	private static final int MOST_THREADS = 256;

	private static final Duration LOOK_INTERVAL = Duration.ofMillis(20);

	private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

	private static final int MOST_NAMED = 10;

	private final Duration spread;

	private final Supplier<Duration> timeout;

	private final Executor executor;

	private final Ticker ticker;

	private final Sleeper sleeper;

	private final Stopwatch clock;

	private final Set<OpenStream> open = ConcurrentHashMap.newKeySet();

	private final EndSchedule schedule = new EndSchedule();

	private final AtomicLong ended = new AtomicLong();

	private final AtomicLong failed = new AtomicLong();

	private final Map<String, Long> aborted = new ConcurrentHashMap<>();

	private final AtomicBoolean scheduling = new AtomicBoolean();

	private volatile @Nullable Deadline deadline;

	private volatile boolean over;

	/**
	 * Create a registry without streams.
	 * @param spread the time over which the ends are spread, not negative
	 * @param timeout returns, when the drain begins, the time after which streams that
	 * are still open are cut off
	 * @param executor runs what ends a stream, which may block; may reject it while it
	 * has no thread for it
	 * @param ticker the source of time
	 * @param sleeper sleeps between two ends
	 */
	public Streams(Duration spread, Supplier<Duration> timeout, Executor executor, Ticker ticker, Sleeper sleeper) {
		this.spread = spread;
		this.timeout = timeout;
		this.executor = executor;
		this.ticker = ticker;
		this.sleeper = sleeper;
		this.clock = Stopwatch.start(ticker);
	}

	/**
	 * An executor with daemon threads, which are there only while there is something to
	 * do. It has no queue: what waited there behind ends that block could not overtake
	 * them.
	 * @return the executor to use outside of tests
	 */
	public static Executor daemonThreads() {
		return DaemonThreads.pool(MOST_THREADS, (task) -> DaemonThreads.create("pod-lifecycle-streams", task));
	}

	/**
	 * Note that a stream is opened.
	 * @param name what it is, for logs and reports, without secrets
	 * @param end brings it to a clean end. Called at most once, on a thread of its own,
	 * maybe at once. It should bear that the client has disconnected meanwhile: a stream
	 * whose end throws counts as failed, and is not waited for
	 * @return the stream, to be closed when it is over, however it ends
	 */
	public OpenStream open(String name, Runnable end) {
		return open(name, StreamEnd.of(end));
	}

	/**
	 * Note that a stream is opened whose end might have to wait for its client.
	 * @param name what it is, for logs and reports, without secrets
	 * @param end brings it to a clean end
	 * @return the stream, to be closed when it is over, however it ends
	 */
	public OpenStream open(String name, StreamEnd end) {
		OpenStream stream = new OpenStream(this, name, end);
		this.open.add(stream);
		if (this.deadline != null) {
			this.schedule.add(stream, this.clock.elapsed());
			if (!this.scheduling.get()) {
				execute(this::endWhatIsDue);
			}
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
		this.deadline = Deadline.after(this.timeout.get(), this.ticker);
		List<OpenStream> streams = List.copyOf(this.open);
		this.schedule.spread(streams, this.clock.elapsed(), this.spread);
		endWhatIsDue();
	}

	/**
	 * One thread at a time does this. It looks again after it has stopped, since a stream
	 * may have been opened meanwhile.
	 */
	private void endWhatIsDue() {
		do {
			if (!this.scheduling.compareAndSet(false, true)) {
				return;
			}
			try {
				endUntil(Objects.requireNonNull(this.deadline));
			}
			finally {
				this.scheduling.set(false);
			}
		}
		while (!this.schedule.isEmpty() && !this.open.isEmpty());
	}

	private void endUntil(Deadline end) {
		boolean goesOn = true;
		while (goesOn && !this.open.isEmpty() && !end.isOver()) {
			startAttempts(this.clock.elapsed());
			Duration pause = this.schedule.pause(this.clock.elapsed(), LOOK_INTERVAL);
			goesOn = this.open.isEmpty() || this.sleeper.sleepUnlessInterrupted(end.limit(pause));
		}
		if (!this.open.isEmpty()) {
			giveUp();
		}
	}

	/**
	 * The time is over, or the thread is interrupted, which means the same. Streams that
	 * were not due yet are ended at once, unless they are busy.
	 */
	private void giveUp() {
		this.over = true;
		// Aborts first, so that no attempt runs into them.
		this.open.stream().filter(OpenStream::isAttempted).forEach(this::abort);
		startAttempts(FOREVER);
	}

	private void startAttempts(Duration now) {
		for (Attempt next = this.schedule.poll(now); next != null; next = this.schedule.poll(now)) {
			Attempt attempt = next;
			if (!execute(() -> attempt(attempt))) {
				giveBack(attempt);
			}
		}
	}

	private void giveBack(Attempt attempt) {
		if (this.over) {
			abort(attempt.stream());
		}
		else {
			this.schedule.addAgain(attempt, this.clock.elapsed());
		}
	}

	private boolean execute(Runnable task) {
		try {
			this.executor.execute(task);
			return true;
		}
		catch (RejectedExecutionException | OutOfMemoryError ex) {
			// All threads are busy, or none can be created.
			return false;
		}
	}

	private void attempt(Attempt attempt) {
		OpenStream stream = attempt.stream();
		// A stream that has closed meanwhile was not ended by the shutdown.
		if (!this.open.contains(stream) || !stream.move(State.OPEN, State.ENDING)) {
			return;
		}
		// Counted first: when the last one has left, the report is written.
		this.ended.incrementAndGet();
		State next = stream.attempt();
		if (stream.move(State.ENDING, next) && next != State.ENDED) {
			this.ended.decrementAndGet();
			if (next == State.FAILED) {
				this.failed.incrementAndGet();
				stream.close();
			}
			else {
				giveBack(attempt);
			}
		}
	}

	void abort(OpenStream stream) {
		// Counted first, too.
		this.aborted.merge(stream.toString(), 1L, Long::sum);
		if (!this.open.remove(stream)) {
			this.aborted.merge(stream.toString(), -1L, Long::sum);
			return;
		}
		State before = stream.aborted();
		if (before == State.ENDING || before == State.ENDED) {
			this.ended.decrementAndGet();
		}
	}

	/**
	 * Return whether the time of the drain is over, and streams that were still open were
	 * cut off.
	 * @return {@code true} from then on
	 */
	public boolean isOver() {
		return this.over;
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
		if (this.deadline == null || ended() + failed() + aborted() == 0) {
			return "";
		}
		return ended() + " ended" + ((failed() > 0) ? ", " + failed() + " could not be ended" : "")
				+ ((aborted() > 0) ? ", " + aborted() + " cut off (" + abortedByName() + ")" : "");
	}

	private String abortedByName() {
		return this.aborted.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() > 0)
			.sorted(Map.Entry.<String, Long>comparingByValue().reversed())
			.limit(MOST_NAMED)
			.map((entry) -> entry.getValue() + " " + entry.getKey())
			.collect(Collectors.joining(", "));
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

	/**
	 * Return how many streams were cut off: their clients did not read.
	 */
	@Override
	public long aborted() {
		return this.aborted.values().stream().mapToLong(Long::longValue).sum();
	}

}

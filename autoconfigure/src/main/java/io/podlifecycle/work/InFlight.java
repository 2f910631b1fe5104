package io.podlifecycle.work;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

import io.podlifecycle.report.ShutdownReport.WorkSnapshot;
import io.podlifecycle.time.Ticker;

/**
 * Counts the work that was accepted and is not completed, and can name it. Safe for use
 * by several threads, without locks; one small object for each piece of work.
 * <p>
 * An application that works outside of requests, messages and executors says so itself,
 * and a shutdown waits for it:
 *
 * <pre>{@code
 * try (var work = inFlight.begin("import")) {
 *     // what must not be cut off
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public final class InFlight {

	private final Ticker ticker;

	// Two that only grow, each spread over the threads: one number that all threads move
	// up
	// and down costs several times as much.
	private final LongAdder begun = new LongAdder();

	private final LongAdder ended = new LongAdder();

	private final WorkTable table = new WorkTable();

	/**
	 * Create a tracker without work.
	 * @param ticker the source of time
	 */
	public InFlight(Ticker ticker) {
		this.ticker = ticker;
	}

	/**
	 * Note that a piece of work begins, done by the calling thread.
	 * @param name what it is, for logs and reports
	 * @return the work, to be closed when it is completed, however it ends
	 */
	public Work begin(String name) {
		return begin(new NamedWork(name));
	}

	/**
	 * Note that a piece of work begins, done by the calling thread.
	 * @param <W> the type of work
	 * @param work the work, which has not begun before
	 * @return the same work, to be closed when it is completed, however it ends
	 */
	public <W extends Work> W begin(W work) {
		return begin(work, now());
	}

	<W extends Work> W begin(W work, long now) {
		this.begun.increment();
		work.begin(this, this.table, now);
		return work;
	}

	long now() {
		return this.ticker.nanos();
	}

	void completed(int slot) {
		this.table.remove(slot);
		this.ended.increment();
	}

	/**
	 * Return how much work is in flight. While work begins and ends it may say more,
	 * never less: zero means that there was a moment without any.
	 * @return the number of pieces of work begun and not closed
	 */
	public long count() {
		// At the moment between the two sums at least this much had ended, and no more
		// than
		// that had begun.
		long endedBefore = this.ended.sum();
		return this.begun.sum() - endedBefore;
	}

	/**
	 * Return what is in flight, the oldest first. Of thousands of pieces of work some may
	 * be missing here; {@link #count()} counts them all.
	 * @param limit the most to return
	 * @return a snapshot
	 */
	public List<WorkSnapshot> oldest(int limit) {
		long now = now();
		return this.table.stream()
			.map((work) -> work.snapshot(now))
			.sorted((one, other) -> other.age().compareTo(one.age()))
			.limit(limit)
			.toList();
	}

	/**
	 * Return the work of one type that is in flight and {@link Work#isListed() listed}.
	 * @param <W> the type
	 * @param type the type
	 * @return the work, which may be completed at any moment
	 */
	public <W extends Work> Stream<W> listed(Class<W> type) {
		return this.table.stream().filter(type::isInstance).map(type::cast);
	}

	private static final class NamedWork extends Work {

		private final String name;

		NamedWork(String name) {
			this.name = name;
		}

		@Override
		protected String describe() {
			return this.name;
		}

	}

}

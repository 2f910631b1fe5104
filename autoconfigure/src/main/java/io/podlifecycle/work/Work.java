package io.podlifecycle.work;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.stream.Stream;

import io.podlifecycle.report.ShutdownReport.WorkSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work in flight, begun by {@link InFlight#begin(Work)}. May be closed by
 * any thread, and more than once.
 *
 * @since 0.1.0
 */
public abstract class Work implements AutoCloseable {

	private static final int STACK_DEPTH = 8;

	private static final int CLOSED = Integer.MIN_VALUE;

	private static final AtomicIntegerFieldUpdater<Work> SLOT = AtomicIntegerFieldUpdater.newUpdater(Work.class,
			"slot");

	private volatile int slot = CLOSED;

	private @Nullable InFlight inFlight;

	private long begunAt;

	/** Only reports read what another thread wrote: they bear one that is out of date. */
	private @Nullable Thread thread;

	/** Whoever closes it was handed it, so the slot needs no fence of its own. */
	final void begin(InFlight inFlight, WorkTable table, long now) {
		this.inFlight = inFlight;
		this.begunAt = now;
		this.thread = Thread.currentThread();
		SLOT.lazySet(this, table.add(this));
	}

	/**
	 * Return whether {@link InFlight#listed(Class)} finds this while it is in flight. Of
	 * thousands that are in flight at once some find no place.
	 * @return {@code true} if it has a place
	 */
	public final boolean isListed() {
		return this.slot >= 0;
	}

	/**
	 * Say what this is, for logs and reports: without secrets. Called by any thread, and
	 * maybe at the very moment at which the work is completed.
	 * @return a few words
	 */
	protected abstract String describe();

	/**
	 * Note that the thread which began the work goes to do something else, while the work
	 * is still in flight.
	 */
	protected final void leaveThread() {
		this.thread = null;
	}

	/**
	 * Note that the work is completed. Further calls do nothing.
	 */
	@Override
	public final void close() {
		int last = this.slot;
		if (last != CLOSED && SLOT.compareAndSet(this, last, CLOSED) && this.inFlight != null) {
			this.inFlight.completed(last);
		}
	}

	final WorkSnapshot snapshot(long now) {
		return new WorkSnapshot(describeSafely(), Duration.ofNanos(Math.max(0, now - this.begunAt)), stack());
	}

	/** What it would describe may have ended in this moment. */
	private String describeSafely() {
		try {
			return describe();
		}
		catch (RuntimeException ex) {
			return "just completed";
		}
	}

	private List<String> stack() {
		Thread current = this.thread;
		return (current != null)
				? Stream.of(current.getStackTrace()).limit(STACK_DEPTH).map(StackTraceElement::toString).toList()
				: List.of();
	}

}

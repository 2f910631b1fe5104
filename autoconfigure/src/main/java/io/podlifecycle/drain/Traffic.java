package io.podlifecycle.drain;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

import io.podlifecycle.time.Ticker;

/**
 * The requests that arrive: how many, how often of late, and how long ago the last. Safe
 * for use by several threads, without locks and without garbage.
 *
 * @since 0.1.0
 */
public final class Traffic {

	private static final int WINDOW_SECONDS = 60;

	/** A power of two above the window; a slot is used again after that many seconds. */
	private static final int SLOTS = 64;

	private static final int COUNT_BITS = 24;

	private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

	private final Ticker ticker;

	private final long startedAt;

	private final LongAdder total = new LongAdder();

	// Each slot holds the second it counts for, and the count: one compare-and-set moves
	// a slot on to a new second.
	private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

	private final AtomicLong lastAt;

	/**
	 * Create a tracker that has seen nothing.
	 * @param ticker the source of time
	 */
	public Traffic(Ticker ticker) {
		this.ticker = ticker;
		this.startedAt = ticker.nanos();
		this.lastAt = new AtomicLong(this.startedAt);
	}

	/**
	 * Note that a request has arrived.
	 */
	public void arrived() {
		arrivedAt(this.ticker.nanos());
	}

	void arrivedAt(long now) {
		// Nothing else depends on it, so it needs no fence.
		this.lastAt.lazySet(now);
		this.total.increment();
		count(second(now));
	}

	private void count(long second) {
		int slot = (int) (second % SLOTS);
		long seen;
		long counted;
		do {
			seen = this.slots.get(slot);
			boolean sameSecond = (seen >>> COUNT_BITS) == second;
			long count = sameSecond ? Math.min((seen & COUNT_MASK) + 1, COUNT_MASK) : 1;
			counted = (second << COUNT_BITS) | count;
		}
		while (!this.slots.compareAndSet(slot, seen, counted));
	}

	/**
	 * Return how many requests have arrived.
	 * @return the number since the start
	 */
	public long total() {
		return this.total.sum();
	}

	/**
	 * Return how long it has been quiet.
	 * @return the time since the last request, or since the start if there was none
	 */
	public Duration quietFor() {
		return Duration.ofNanos(Math.max(0, this.ticker.nanos() - this.lastAt.get()));
	}

	/**
	 * Return how often requests arrived during the last minute, or since the start if
	 * that is shorter ago.
	 * @return requests per second
	 */
	public double ratePerSecond() {
		long now = this.ticker.nanos();
		long second = second(now);
		long count = 0;
		for (int slot = 0; slot < SLOTS; slot++) {
			long seen = this.slots.get(slot);
			count += (second - (seen >>> COUNT_BITS) < WINDOW_SECONDS) ? seen & COUNT_MASK : 0;
		}
		double seconds = (now - this.startedAt) / 1e9;
		return count / Math.max(1, Math.min(seconds, WINDOW_SECONDS));
	}

	// Counted from 1, so that an empty slot is never taken for the first second.
	private long second(long nanos) {
		return (nanos - this.startedAt) / 1_000_000_000L + SLOTS;
	}

}

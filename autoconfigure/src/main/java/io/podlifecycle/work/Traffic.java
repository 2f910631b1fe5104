package io.podlifecycle.work;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.podlifecycle.Internal;
import io.podlifecycle.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The requests that arrive: how many, how often of late, and how long ago the last. Safe
 * for use by several threads, without locks.
 *
 * @since 0.1.0
 */
@Internal
public final class Traffic {

	private static final int WINDOW_SECONDS = 60;

	/** A power of two above the window; a slot is used again after that many seconds. */
	private static final int SLOTS = 64;

	/** With requests in fewer seconds there is no rhythm that silence could break. */
	private static final int STEADY_SECONDS = 10;

	private static final int TIMES_THE_LONGEST_PAUSE = 3;

	private final Ticker ticker;

	private final long startedAt;

	private final LongAdder total = new LongAdder();

	private final AtomicReferenceArray<@Nullable Second> seconds = new AtomicReferenceArray<>(SLOTS);

	private final Peers peers;

	/**
	 * Create a tracker that has seen nothing.
	 * @param ticker the source of time
	 */
	public Traffic(Ticker ticker) {
		this.ticker = ticker;
		this.startedAt = ticker.nanos();
		this.peers = new Peers(this.startedAt);
	}

	/**
	 * Note that a request has arrived.
	 * @param peer the address of its connection
	 */
	public void arrived(Object peer) {
		arrivedAt(this.ticker.nanos(), peer);
	}

	void healthCheckArrivedAt(long now) {
		this.peers.healthCheckArrived(now);
	}

	/** Threads write to the same place once in a while only, which makes it cheap. */
	void arrivedAt(long now, Object peer) {
		markSecond(second(now));
		this.total.increment();
		this.peers.arrived(peer, now);
	}

	/**
	 * Return who has sent them.
	 * @return the peers
	 */
	public Peers peers() {
		return this.peers;
	}

	private long second(long nanos) {
		return (nanos - this.startedAt) / 1_000_000_000L;
	}

	private void markSecond(long number) {
		int slot = (int) (number % SLOTS);
		Second seen = this.seconds.get(slot);
		if (seen == null || seen.number() != number) {
			// If another thread is first, its mark is as good.
			this.seconds.compareAndSet(slot, seen, new Second(number, this.total.sum()));
		}
	}

	/**
	 * Return how many requests have arrived.
	 * @return the number since the start
	 */
	public long total() {
		return this.total.sum();
	}

	/**
	 * Return how long no request has arrived if requests arrived steadily before.
	 * @return the time since the last request, in whole seconds; empty if it is not much
	 * longer than any pause in the minute before, or if there were too few requests to
	 * tell
	 */
	public Optional<Duration> unusualSilence() {
		long last = marksSince(-1).mapToLong(Second::number).max().orElse(0);
		long[] active = marksSince(last - WINDOW_SECONDS).mapToLong(Second::number).sorted().toArray();
		long longestPause = IntStream.range(1, active.length)
			.mapToLong((i) -> active[i] - active[i - 1])
			.max()
			.orElse(0);
		long silence = second(this.ticker.nanos()) - last;
		boolean unusual = active.length >= STEADY_SECONDS && silence >= TIMES_THE_LONGEST_PAUSE * longestPause;
		return unusual ? Optional.of(Duration.ofSeconds(silence)) : Optional.empty();
	}

	/**
	 * Return how often requests arrived during the last minute, or since the start if
	 * that is shorter ago.
	 * @return requests per second
	 */
	public double ratePerSecond() {
		double seconds = (this.ticker.nanos() - this.startedAt) / 1e9;
		return arrivedSince((long) seconds - WINDOW_SECONDS) / Math.max(1, Math.min(seconds, WINDOW_SECONDS));
	}

	private long arrivedSince(long second) {
		long now = total();
		return now - marksSince(second).mapToLong(Second::before).min().orElse(now);
	}

	private Stream<Second> marksSince(long second) {
		return IntStream.range(0, SLOTS)
			.mapToObj(this.seconds::get)
			.filter(Objects::nonNull)
			.filter((mark) -> mark.number() > second);
	}

	/**
	 * A second in which requests arrived.
	 *
	 * @param number its number since the start
	 * @param before how many had arrived before
	 */
	private record Second(long number, long before) {
	}

}

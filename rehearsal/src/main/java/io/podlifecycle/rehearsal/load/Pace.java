package io.podlifecycle.rehearsal.load;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Says when a client sends its next request.
 */
@FunctionalInterface
interface Pace {

	/**
	 * Wait until the next request is due.
	 * @param stop when to end
	 * @return when it was due, in terms of {@link System#nanoTime()}; empty at the end
	 * @throws InterruptedException if interrupted
	 */
	OptionalLong awaitNext(StopSignal stop) throws InterruptedException;

	/**
	 * Return the pace of one client that waits for its answer, and then for a pause.
	 * @param firstPause the time before its first request
	 * @param pause the time between an answer and the next request
	 */
	static Pace closedLoop(Duration firstPause, Duration pause) {
		AtomicBoolean begun = new AtomicBoolean();
		return (stop) -> stop.pause(begun.getAndSet(true) ? pause : firstPause) ? OptionalLong.of(System.nanoTime())
				: OptionalLong.empty();
	}

	/**
	 * Return the pace of several clients who share a rate, however long the answers take.
	 * A request for which no client was free in time is due nonetheless.
	 * @param perSecond how many requests are due each second
	 */
	static Pace openLoop(int perSecond) {
		long start = System.nanoTime();
		AtomicLong next = new AtomicLong();
		return (stop) -> {
			long due = start + next.getAndIncrement() * 1_000_000_000L / perSecond;
			Duration wait = Duration.ofNanos(Math.max(0, due - System.nanoTime()));
			return stop.pause(wait) ? OptionalLong.of(due) : OptionalLong.empty();
		};
	}

}

package io.podlifecycle.rehearsal.load;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.podlifecycle.rehearsal.time.Stopwatch;

/**
 * Says when a client sends its next request.
 */
@FunctionalInterface
interface RequestSchedule {

	/**
	 * Wait until the next request is due.
	 * @param stop when to end
	 * @return how much time has passed since it was due; empty at the end
	 * @throws InterruptedException if interrupted
	 */
	Optional<Stopwatch> awaitNext(StopSignal stop) throws InterruptedException;

	/**
	 * Return the pace of one client that waits for its answer, and then for a pause.
	 * @param firstPause the time before its first request
	 * @param pause the time between an answer and the next request
	 */
	static RequestSchedule closedLoop(Duration firstPause, Duration pause) {
		AtomicBoolean begun = new AtomicBoolean();
		return (stop) -> stop.pause(begun.getAndSet(true) ? pause : firstPause) ? Optional.of(Stopwatch.start())
				: Optional.empty();
	}

	/**
	 * Return the pace of several clients who share a rate, however long the answers take.
	 * A request for which no client was free in time is due nonetheless.
	 * @param perSecond how many requests are due each second
	 */
	static RequestSchedule openLoop(int perSecond) {
		Stopwatch stopwatch = Stopwatch.start();
		AtomicLong next = new AtomicLong();
		return (stop) -> {
			Duration due = Duration.ofNanos(next.getAndIncrement() * 1_000_000_000L / perSecond);
			Duration wait = due.minus(stopwatch.elapsed());
			return stop.pause(wait.isNegative() ? Duration.ZERO : wait) ? Optional.of(stopwatch.from(due))
					: Optional.empty();
		};
	}

}

package io.podlifecycle.stream;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

/**
 * Schedules the attempts to end streams. A stream that is busy is due again after a pause
 * that grows with each attempt: thousands of clients that do not read cost little, and
 * hold up nobody. Safe for use by several threads.
 */
final class EndSchedule {

	private static final Duration FIRST_PAUSE = Duration.ofMillis(10);

	/** How often the pause is doubled: up to 640 ms. */
	private static final int DOUBLINGS = 6;

	private final Queue<Attempt> attempts = new PriorityQueue<>(Comparator.comparing(Attempt::due));

	/**
	 * Add streams, evenly spread over some time.
	 */
	synchronized void spread(List<OpenStream> streams, Duration now, Duration time) {
		for (int i = 0; i < streams.size(); i++) {
			this.attempts.add(new Attempt(streams.get(i), now.plus(time.multipliedBy(i).dividedBy(streams.size())), 0));
		}
	}

	synchronized void add(OpenStream stream, Duration now) {
		this.attempts.add(new Attempt(stream, now, 0));
	}

	synchronized void addAgain(Attempt busy, Duration now) {
		Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(busy.number(), DOUBLINGS));
		this.attempts.add(new Attempt(busy.stream(), now.plus(pause), busy.number() + 1));
	}

	/**
	 * Take the next attempt.
	 * @return an attempt that is due, or {@code null} if none is
	 */
	synchronized @Nullable Attempt poll(Duration now) {
		Attempt next = this.attempts.peek();
		return (next != null && next.due().compareTo(now) <= 0) ? this.attempts.poll() : null;
	}

	synchronized boolean isEmpty() {
		return this.attempts.isEmpty();
	}

	/**
	 * Return how long there is nothing to do.
	 * @return the time until the next attempt, at most the given one
	 */
	synchronized Duration pause(Duration now, Duration longest) {
		Attempt next = this.attempts.peek();
		Duration pause = (next != null) ? next.due().minus(now) : longest;
		return (pause.compareTo(longest) > 0) ? longest : pause.isNegative() ? Duration.ZERO : pause;
	}

	/**
	 * One attempt to end a stream.
	 *
	 * @param stream the stream
	 * @param due when
	 * @param number how many there were before
	 */
	record Attempt(OpenStream stream, Duration due, int number) {

	}

}

package io.podlifecycle.dependency;

import java.time.Duration;

import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;

/**
 * When to tell again of something that lasts: rarer and rarer, up to once a minute. Used
 * by one thread.
 */
final class Reminder {

	private static final Duration LONGEST = Duration.ofMinutes(1);

	private final Ticker ticker;

	private final Stopwatch stopwatch;

	private Duration interval;

	private Deadline next;

	Reminder(Duration interval, Ticker ticker) {
		this.ticker = ticker;
		this.interval = interval;
		this.stopwatch = Stopwatch.start(ticker);
		this.next = Deadline.after(interval, ticker);
	}

	/** The time for which it has lasted. */
	Duration elapsed() {
		return this.stopwatch.elapsed();
	}

	Duration remaining() {
		return this.next.remaining();
	}

	/** Whether to tell of it now; the next time is later. */
	boolean isDue() {
		if (!this.next.isOver()) {
			return false;
		}
		Duration longest = (this.interval.compareTo(LONGEST) > 0) ? this.interval : LONGEST;
		Duration doubled = this.interval.multipliedBy(2);
		this.interval = (doubled.compareTo(longest) < 0) ? doubled : longest;
		this.next = Deadline.after(this.interval, this.ticker);
		return true;
	}

}

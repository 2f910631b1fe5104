package io.podlifecycle.time;

import java.time.Duration;

/**
 * A point in time by which something is to be over. Immutable.
 *
 * @since 0.1.0
 */
public final class Deadline {

	private final Ticker ticker;

	private final long at;

	private Deadline(Ticker ticker, long at) {
		this.ticker = ticker;
		this.at = at;
	}

	/**
	 * A deadline that is reached after the given time from now.
	 * @param duration the time from now; a negative one is over already
	 * @param ticker the source of time
	 * @return the deadline
	 */
	public static Deadline after(Duration duration, Ticker ticker) {
		return new Deadline(ticker, ticker.nanos() + duration.toNanos());
	}

	/**
	 * A deadline in real time, for what blocks on a socket or in a driver.
	 * @param duration the time from now
	 * @return the deadline
	 */
	public static Deadline after(Duration duration) {
		return after(duration, Ticker.system());
	}

	/**
	 * The earlier of this deadline and one that is reached after the given time from now.
	 * @param duration the time from now
	 * @return the earlier deadline
	 */
	public Deadline orAfter(Duration duration) {
		Deadline other = after(duration, this.ticker);
		return (other.at - this.at < 0) ? other : this;
	}

	/**
	 * A deadline that is reached before this one.
	 * @param duration how long before
	 * @return the earlier deadline
	 */
	public Deadline minus(Duration duration) {
		return new Deadline(this.ticker, this.at - duration.toNanos());
	}

	/**
	 * Return the time left.
	 * @return the time until this deadline, zero when it is over
	 */
	public Duration remaining() {
		return Duration.ofNanos(Math.max(0, this.at - this.ticker.nanos()));
	}

	/**
	 * Return an equal share of the time left.
	 * @param shares how many still need one, at least 1
	 * @return the time until this deadline divided by the shares, zero when it is over
	 */
	public Duration share(int shares) {
		return Duration.ofNanos(remaining().toNanos() / shares);
	}

	/**
	 * Limit a time to what is left.
	 * @param duration the time
	 * @return that time, or what is left if that is less
	 */
	public Duration limit(Duration duration) {
		Duration remaining = remaining();
		return (remaining.compareTo(duration) < 0) ? remaining : duration;
	}

	/**
	 * Return whether this deadline is over.
	 * @return {@code true} when no time is left
	 */
	public boolean isOver() {
		return this.at - this.ticker.nanos() <= 0;
	}

}

package io.podlifecycle.time;

import java.time.Duration;

/**
 * How much time has passed since it was started. Immutable.
 *
 * @since 0.1.0
 */
public final class Stopwatch {

	private final Ticker ticker;

	private final long startedAt;

	private Stopwatch(Ticker ticker, long startedAt) {
		this.ticker = ticker;
		this.startedAt = startedAt;
	}

	/**
	 * Start a stopwatch.
	 * @param ticker the source of time
	 * @return a stopwatch that reads zero now
	 */
	public static Stopwatch start(Ticker ticker) {
		return new Stopwatch(ticker, ticker.nanos());
	}

	/**
	 * Read the stopwatch, which runs on.
	 * @return the time since its start
	 */
	public Duration elapsed() {
		return Duration.ofNanos(this.ticker.nanos() - this.startedAt);
	}

}

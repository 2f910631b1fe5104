package io.podlifecycle.time;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import io.podlifecycle.Internal;

/**
 * How much time has passed since it was started. Immutable.
 *
 * @since 0.1.0
 */
@Internal
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
	 * Return a stopwatch that was started before.
	 * @param ticker the source of time
	 * @param startedAt what that read then
	 * @return a stopwatch that reads the time since then
	 */
	public static Stopwatch startedAt(Ticker ticker, long startedAt) {
		return new Stopwatch(ticker, startedAt);
	}

	/**
	 * Return a stopwatch that was started with the JVM.
	 * @return a stopwatch that reads the JVM's uptime, to the millisecond
	 */
	public static Stopwatch ofJvm() {
		Ticker ticker = Ticker.system();
		long uptime = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()).toNanos();
		return new Stopwatch(ticker, ticker.nanos() - uptime);
	}

	/**
	 * Read the stopwatch, which runs on.
	 * @return the time since its start
	 */
	public Duration elapsed() {
		return Duration.ofNanos(this.ticker.nanos() - this.startedAt);
	}

}

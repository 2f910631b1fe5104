package io.podlifecycle.time;

import io.podlifecycle.Internal;

/**
 * A source of elapsed time. Its readings mean nothing by themselves; the difference of
 * two is a number of nanoseconds. Implementations are safe for use by several threads.
 *
 * @since 0.1.0
 */
@Internal
@FunctionalInterface
public interface Ticker {

	/**
	 * Read the ticker.
	 * @return nanoseconds since a fixed but arbitrary point in time
	 */
	long nanos();

	/**
	 * The machine's monotonic clock, which neither jumps nor runs backwards.
	 * @return the ticker to use outside of tests
	 */
	static Ticker system() {
		return System::nanoTime;
	}

}

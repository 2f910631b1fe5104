package io.podlifecycle.shutdown;

import java.time.Duration;

import io.podlifecycle.Internal;
import io.podlifecycle.report.ShutdownReport;

/**
 * Timeouts with which something that works for others, such as a web server or an
 * executor, waits for that work when the application context is closed. The drain has
 * waited for it before; what it has given up is not waited for again.
 *
 * @since 0.1.0
 */
@Internal
public interface StopTimeouts extends ShutdownListener {

	/** Enough for work that reacts to an interrupt. */
	Duration AFTER_DRAIN = Duration.ofMillis(200);

	/**
	 * Lower these timeouts. One that is lower already is left alone.
	 * @param limit the longest wait
	 */
	void lowerTo(Duration limit);

	/** A server may wait for requests whose streams were cut off, too. */
	@Override
	default void drained(ShutdownReport report) {
		if (report.givenUp() > 0 || report.cutOff() > 0) {
			lowerTo(AFTER_DRAIN);
		}
	}

}

package io.podlifecycle.shutdown;

import io.podlifecycle.Internal;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.work.Work;

/**
 * Is notified of the progress of a shutdown, on a thread of its own, one call after the
 * other.
 *
 * @since 0.1.0
 */
@Internal
public interface ShutdownListener {

	/**
	 * A phase of the shutdown has begun. Calls the other methods unless it is overridden.
	 * @param report the report so far, which tells the phase
	 */
	default void phaseBegun(ShutdownReport report) {
		switch (report.phase()) {
			case QUIESCE -> quiescing(report);
			case DRAIN -> draining(report);
			case CLOSE -> drained(report);
			default -> {
				// The other phases do not concern most listeners.
			}
		}
	}

	/**
	 * The shutdown has begun.
	 * @param report the report so far
	 */
	default void quiescing(ShutdownReport report) {
	}

	/**
	 * The propagation delay is over, the drain begins.
	 * @param report the report so far
	 */
	default void draining(ShutdownReport report) {
	}

	/**
	 * The drain is over. Work that is still in flight is not waited for any more.
	 * @param report the report so far
	 */
	default void drained(ShutdownReport report) {
	}

}

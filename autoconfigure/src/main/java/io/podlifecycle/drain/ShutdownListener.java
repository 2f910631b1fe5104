package io.podlifecycle.drain;

/**
 * Is notified of the progress of a shutdown, on a thread of its own, one call after the
 * other.
 *
 * @since 0.1.0
 */
public interface ShutdownListener {

	/**
	 * The shutdown has begun.
	 * @param report the report so far
	 */
	default void quiescing(DrainReport report) {
	}

	/**
	 * The propagation delay is over, the drain begins.
	 * @param report the report so far
	 */
	default void draining(DrainReport report) {
	}

	/**
	 * The drain is over.
	 * @param report the report
	 */
	default void drained(DrainReport report) {
	}

}

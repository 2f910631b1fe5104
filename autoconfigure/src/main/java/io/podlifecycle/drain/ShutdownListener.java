package io.podlifecycle.drain;

/**
 * Is told how a shutdown goes on, by the thread that runs it.
 *
 * @since 0.1.0
 */
public interface ShutdownListener {

	/**
	 * The shutdown has begun.
	 * @param cause what made the application leave
	 * @param inFlight how much work is in flight
	 */
	default void quiescing(ShutdownCause cause, long inFlight) {
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

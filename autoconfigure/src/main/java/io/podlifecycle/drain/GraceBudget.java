package io.podlifecycle.drain;

import java.time.Duration;

/**
 * What the pod's grace period is spent on. Immutable.
 *
 * @param gracePeriod the pod's {@code terminationGracePeriodSeconds}
 * @param preStopDelay the part of it that is gone when SIGTERM arrives
 * @param reserve the part of it that is never used, so that the end comes before SIGKILL
 * @param propagationMax the longest propagation delay, of which the {@code preStopDelay}
 * is a part
 * @param closeTimeout the part that is kept for closing the application context
 * @param drainTimeout the longest time that in-flight work is waited for
 * @since 0.1.0
 */
public record GraceBudget(Duration gracePeriod, Duration preStopDelay, Duration reserve, Duration propagationMax,
		Duration closeTimeout, Duration drainTimeout) {

	/**
	 * Return how long everything may take from SIGTERM on.
	 * @return the time from SIGTERM until the process has to be gone
	 */
	public Duration total() {
		return this.gracePeriod.minus(this.preStopDelay).minus(this.reserve);
	}

	/**
	 * Return how long everything but the close of the context may take from SIGTERM on.
	 * @return the time from SIGTERM until the drain has to be over
	 */
	public Duration untilClose() {
		return total().minus(this.closeTimeout);
	}

}

package io.podlifecycle.shutdown;

import java.time.Duration;

import io.podlifecycle.Internal;
import io.podlifecycle.time.DurationText;

/**
 * What the pod's grace period is spent on. Immutable.
 *
 * @param gracePeriod the pod's {@code terminationGracePeriodSeconds}
 * @param preStopDelay the part of it that has passed when SIGTERM arrives
 * @param reserve the part of it that is never used, so that the end comes before SIGKILL
 * @param propagationMax the longest propagation delay, of which the {@code preStopDelay}
 * is a part unless it is assumed
 * @param closeTimeout the part that is kept for closing the application context
 * @param drainTimeout the longest time that in-flight work is waited for
 * @param preStopAssumed whether the {@code preStopDelay} is not known, but assumed
 * @since 0.1.0
 */
@Internal
public record GraceBudget(Duration gracePeriod, Duration preStopDelay, Duration reserve, Duration propagationMax,
		Duration closeTimeout, Duration drainTimeout, boolean preStopAssumed) {

	/**
	 * Add a preStop hook that may exist. Since it may not, it does not shorten the
	 * propagation delay.
	 * @param time the time that it is assumed to take
	 * @return a budget that is longer by this time, all of which has passed when SIGTERM
	 * arrives
	 */
	public GraceBudget assumePreStop(Duration time) {
		return new GraceBudget(this.gracePeriod.plus(time), time, this.reserve, this.propagationMax, this.closeTimeout,
				this.drainTimeout, true);
	}

	/**
	 * Return how long everything may take from SIGTERM on.
	 * @return the time from SIGTERM until the process has to have ended
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

	/**
	 * Return how much of the propagation delay is over when SIGTERM arrives.
	 * @return the time of the preStop hook, zero if it is assumed
	 */
	public Duration propagatedBefore() {
		return this.preStopAssumed ? Duration.ZERO : this.preStopDelay;
	}

	/**
	 * Return how long in-flight work is waited for even after the longest propagation
	 * delay.
	 * @return the {@code drainTimeout}, or what is left then
	 */
	public Duration leastDrain() {
		Duration left = untilClose().minus(this.propagationMax.minus(propagatedBefore()));
		return (left.compareTo(this.drainTimeout) < 0) ? left : this.drainTimeout;
	}

	/** For logs: a property and its value each. */
	@Override
	public String toString() {
		return "pre-stop-delay " + DurationText.seconds(this.preStopDelay) + ", reserve "
				+ DurationText.seconds(this.reserve) + ", propagation.max " + DurationText.seconds(this.propagationMax)
				+ ", close-timeout " + DurationText.seconds(this.closeTimeout) + ", drain-timeout "
				+ DurationText.seconds(this.drainTimeout);
	}

}

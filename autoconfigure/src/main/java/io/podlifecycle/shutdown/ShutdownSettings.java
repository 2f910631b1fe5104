package io.podlifecycle.shutdown;

import java.time.Duration;

import io.podlifecycle.Internal;
import io.podlifecycle.report.Propagation;
import io.podlifecycle.report.Trigger;

/**
 * How an application shuts down. Immutable.
 *
 * @param budget what the grace period is spent on
 * @param delay when the propagation delay is over
 * @param propagation {@link Propagation#PENDING}, or why there is no propagation delay
 * @param refuseReadiness when readiness is refused
 * @param quiesceTimeout how long participants and pre-stop tasks have for their first
 * step, from the beginning of the shutdown on
 * @param connectionLinger how long kept-alive connections are given to leave after the
 * propagation delay
 * @since 0.1.0
 */
@Internal
public record ShutdownSettings(GraceBudget budget, PropagationDelay delay, Propagation propagation,
		RefuseReadiness refuseReadiness, Duration quiesceTimeout, Duration connectionLinger) {

	/**
	 * Decide on the propagation delay. Clients have to learn of the shutdown only if they
	 * can know of this instance.
	 * @param trigger what has triggered the shutdown
	 * @param hasBeenReady whether the application has been ready
	 * @param servesTheNetwork whether anything serves the network
	 * @return {@link Propagation#PENDING}, or why there is none
	 */
	Propagation decide(Trigger trigger, boolean hasBeenReady, boolean servesTheNetwork) {
		if (this.propagation.isSkipped() || (trigger.isTermination() && hasBeenReady && servesTheNetwork)) {
			return this.propagation;
		}
		return !trigger.isTermination() ? Propagation.NO_STOP_SIGNAL
				: hasBeenReady ? Propagation.NO_SERVER : Propagation.NEVER_READY;
	}

}

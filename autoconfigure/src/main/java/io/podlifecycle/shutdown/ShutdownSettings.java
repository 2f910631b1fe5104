package io.podlifecycle.shutdown;

import java.time.Duration;

import io.podlifecycle.drain.GraceBudget;
import io.podlifecycle.drain.PropagationDelay;
import io.podlifecycle.drain.RefuseReadiness;

/**
 * How an application shuts down. Immutable.
 *
 * @param budget what the grace period is spent on
 * @param delay when the propagation delay is over
 * @param delayEnabled whether there is a propagation delay here at all
 * @param refuseReadiness when readiness is refused
 * @param quiesceTimeout how long participants and pre-stop tasks have for their first
 * step, from the beginning of the shutdown on
 * @param connectionLinger how long kept-alive connections are given to leave after the
 * propagation delay
 * @since 0.1.0
 */
public record ShutdownSettings(GraceBudget budget, PropagationDelay delay, boolean delayEnabled,
		RefuseReadiness refuseReadiness, Duration quiesceTimeout, Duration connectionLinger) {

}

package io.podlifecycle.shutdown;

import java.time.Duration;

import io.podlifecycle.report.Propagation;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.Traffic;

/**
 * Decides when a propagation delay is over.
 *
 * @since 0.1.0
 */
@FunctionalInterface
interface PropagationRule {

	/**
	 * Begin a propagation delay.
	 * @param alreadyOver the part of the delay that was over before, in a preStop hook
	 * @param traffic the requests that arrive
	 * @param ticker the source of time
	 * @return the delay while it lasts
	 */
	Delay begin(Duration alreadyOver, Traffic traffic, Ticker ticker);

	/**
	 * A propagation delay while it lasts. Used by one thread.
	 */
	@FunctionalInterface
	interface Delay {

		/**
		 * Look whether clients have learned of the shutdown. Called several times a
		 * second.
		 * @return how the delay ends, {@link Propagation#IN_PROGRESS} as long as it goes
		 * on
		 */
		Propagation look();

	}

}

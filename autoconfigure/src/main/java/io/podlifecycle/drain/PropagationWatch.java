package io.podlifecycle.drain;

import io.podlifecycle.drain.DrainReport.Propagation;

/**
 * A propagation delay while it lasts. Used by one thread.
 *
 * @since 0.1.0
 */
public interface PropagationWatch {

	/**
	 * Look whether clients have learned of the shutdown. Called several times a second.
	 * @return whether the delay is over
	 */
	boolean isOver();

	/**
	 * Return how the delay has ended.
	 * @return the outcome of the last look
	 */
	Propagation outcome();

}

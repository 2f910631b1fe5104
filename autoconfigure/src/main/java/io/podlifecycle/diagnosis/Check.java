package io.podlifecycle.diagnosis;

import java.util.Optional;

/**
 * Looks for one thing that stands in the way of a graceful shutdown.
 *
 * @since 0.1.0
 */
@FunctionalInterface
interface Check {

	/**
	 * Look.
	 * @return what was found, if anything
	 */
	Optional<Finding> look();

}

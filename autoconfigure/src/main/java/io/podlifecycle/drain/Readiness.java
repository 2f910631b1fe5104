package io.podlifecycle.drain;

/**
 * Whether the application asks for traffic.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Readiness {

	/**
	 * Refuse traffic from now on, for good.
	 */
	void refuse();

}

package io.podlifecycle.shutdown;

import io.podlifecycle.Internal;

/**
 * The readiness of an application, which is refused once and for good. Safe for use by
 * several threads.
 *
 * @since 0.1.0
 */
@Internal
public interface Readiness {

	/**
	 * Return whether clients may know of this instance.
	 * @return {@code true} if the application has been ready
	 */
	boolean hasBeenReady();

	/**
	 * Refuse traffic from now on. Takes effect at once and runs no code of the user.
	 */
	void refuse();

	/**
	 * Tell the application that traffic is refused. Its listeners may block.
	 */
	void announce();

}

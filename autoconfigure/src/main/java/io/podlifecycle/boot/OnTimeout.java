package io.podlifecycle.boot;

import io.podlifecycle.Internal;
import io.podlifecycle.boot.startup.DependenciesMissingException;

/**
 * What to do when required dependencies have not answered in time.
 *
 * @since 0.1.0
 */
@Internal
public enum OnTimeout {

	/**
	 * Do not start: exit with {@link DependenciesMissingException#EXIT_CODE}.
	 */
	FAIL,

	/**
	 * Start, but stay out of readiness until they answer.
	 */
	START_UNREADY

}

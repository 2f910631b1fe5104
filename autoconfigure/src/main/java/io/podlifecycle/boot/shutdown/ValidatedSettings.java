package io.podlifecycle.boot.shutdown;

import io.podlifecycle.Internal;
import io.podlifecycle.shutdown.ShutdownSettings;

/**
 * What was found valid before the context was refreshed, and is not to be warned of
 * again. Immutable.
 *
 * @param shutdown the settings of the graceful shutdown
 * @since 0.1.0
 */
@Internal
public record ValidatedSettings(ShutdownSettings shutdown) {

	/**
	 * The name of the bean.
	 */
	public static final String BEAN = "podLifecycleValidatedSettings";

}

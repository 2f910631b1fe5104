package io.podlifecycle.boot;

import io.podlifecycle.Internal;

/**
 * What begins the shutdown.
 *
 * @since 0.1.0
 */
@Internal
public enum ShutdownTrigger {

	/**
	 * SIGTERM itself, before any JVM shutdown hook runs; or the close of the context.
	 */
	SIGNAL,

	/**
	 * The close of the application context only, amid the other JVM shutdown hooks.
	 */
	CONTEXT

}

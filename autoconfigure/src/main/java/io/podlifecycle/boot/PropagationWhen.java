package io.podlifecycle.boot;

import io.podlifecycle.Internal;

/**
 * Where there is a propagation delay.
 *
 * @since 0.1.0
 */
@Internal
public enum PropagationWhen {

	/**
	 * On Kubernetes, as Spring Boot detects it.
	 */
	KUBERNETES,

	/**
	 * Everywhere, on SIGTERM.
	 */
	ALWAYS,

	/**
	 * Nowhere.
	 */
	NEVER

}

package io.podlifecycle.boot;

/**
 * Where there is a propagation delay.
 *
 * @since 0.1.0
 */
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

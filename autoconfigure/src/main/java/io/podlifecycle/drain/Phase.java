package io.podlifecycle.drain;

/**
 * A part of a shutdown that takes time. The order is that of the shutdown.
 *
 * @since 0.1.0
 */
public enum Phase {

	/**
	 * Clients learn of the shutdown.
	 */
	PROPAGATION("propagation"),

	/**
	 * After a preStop hook that asked for it, SIGTERM is on its way.
	 */
	AWAIT_SIGTERM("waiting for SIGTERM"),

	/**
	 * In-flight work finishes.
	 */
	DRAIN("drain"),

	/**
	 * The application context closes.
	 */
	CLOSE("close");

	private final String description;

	Phase(String description) {
		this.description = description;
	}

	@Override
	public String toString() {
		return this.description;
	}

}

package io.podlifecycle.report;

/**
 * A part of a shutdown that takes time. The order is that of the shutdown.
 *
 * @since 0.1.0
 */
public enum Phase implements Identifiable {

	/**
	 * Readiness is refused, and no more work is asked for.
	 */
	QUIESCE("quiesce"),

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
	 * The drain is over: listeners are notified, and the application context closes.
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

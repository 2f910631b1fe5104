package io.podlifecycle.drain;

/**
 * What made the application leave.
 *
 * @since 0.1.0
 */
public enum ShutdownCause {

	/**
	 * The process was sent SIGTERM.
	 */
	SIGTERM("SIGTERM", true),

	/**
	 * The preStop hook of the pod asked for it over HTTP.
	 */
	PRE_STOP("the preStop hook", true),

	/**
	 * The JVM shuts down and nothing listens for SIGTERM: it may well have been one.
	 */
	JVM_SHUTDOWN("the shutdown of the JVM", true),

	/**
	 * The application context was closed: by the application, by Ctrl-C, by a test.
	 */
	CONTEXT_CLOSED("the close of the application context", false);

	private final String description;

	private final boolean termination;

	ShutdownCause(String description, boolean termination) {
		this.description = description;
		this.termination = termination;
	}

	/**
	 * Return whether somebody outside takes this instance away, so that clients have to
	 * learn of it.
	 * @return {@code true} for a termination from outside
	 */
	public boolean isTermination() {
		return this.termination;
	}

	@Override
	public String toString() {
		return this.description;
	}

}

package io.podlifecycle.report;

/**
 * What began a shutdown. Whoever observes it knows: the trigger is never inferred.
 *
 * @since 0.1.0
 */
public enum Trigger implements Identifiable {

	/**
	 * The process was sent SIGTERM.
	 */
	SIGTERM("SIGTERM", true, 143),

	/**
	 * The process was sent SIGINT on Kubernetes, where it is a stop signal.
	 */
	SIGINT("SIGINT", true, 130),

	/**
	 * The preStop hook of the pod asked for it over HTTP.
	 */
	PRE_STOP("the preStop hook", true, SIGTERM.exitCode),

	/**
	 * The JVM exits, and no signal handler of the library is in place: the reason may
	 * have been a stop signal.
	 */
	JVM_EXIT("the shutdown of the JVM", true, 0),

	/**
	 * The application context was closed: by the application, by Ctrl-C, by a test.
	 */
	CONTEXT_CLOSED("the close of the application context", false, 0);

	private final String description;

	private final boolean termination;

	private final int exitCode;

	Trigger(String description, boolean termination, int exitCode) {
		this.description = description;
		this.termination = termination;
		this.exitCode = exitCode;
	}

	/**
	 * Return whether this instance is stopped from outside, so that clients have to learn
	 * of it.
	 * @return {@code true} for a termination from outside
	 */
	public boolean isTermination() {
		return this.termination;
	}

	/**
	 * Return whether the process exits at the end of the shutdown, with an
	 * {@link #exitCode() exit code} that is known.
	 * @return {@code true} for a stop signal and the preStop hook
	 */
	public boolean endsProcess() {
		return this.exitCode != 0;
	}

	/**
	 * Return the exit code of the process.
	 * @return 128 plus the number of the signal, or 0 if this trigger does not end the
	 * process
	 */
	public int exitCode() {
		return this.exitCode;
	}

	@Override
	public String toString() {
		return this.description;
	}

}

package io.podlifecycle.journal;

import io.podlifecycle.report.Identifiable;

/**
 * How a run ended.
 *
 * @since 0.1.0
 */
public enum RunEnd implements Identifiable {

	/**
	 * The application context was closed and every bean destroyed.
	 */
	CLEAN("clean"),

	/**
	 * The start was given up in good order, before a bean could do any harm: dependencies
	 * did not answer, or SIGTERM came. Neither clean nor unclean: it says nothing of the
	 * state in which the application's files are.
	 */
	GIVEN_UP("given up in startup"),

	/**
	 * The start failed.
	 */
	CRASHED_IN_STARTUP("crashed in startup"),

	/**
	 * The watchdog halted the JVM, since the shutdown did not end in time.
	 */
	HALTED("halted"),

	/**
	 * The process ended without a word: SIGKILL, out of memory, power failure.
	 */
	KILLED("killed");

	private final String description;

	RunEnd(String description) {
		this.description = description;
	}

	/**
	 * Return whether files may have been left in the middle of a change.
	 * @return {@code true} for a crash, a halt and a kill
	 */
	public boolean isUnclean() {
		return this.compareTo(CRASHED_IN_STARTUP) >= 0;
	}

	@Override
	public String toString() {
		return this.description;
	}

}

package io.podlifecycle.journal;

import io.podlifecycle.Internal;
import io.podlifecycle.report.Identifiable;

/**
 * What the journal notes of a run.
 *
 * @since 0.1.0
 */
@Internal
public enum Milestone implements Identifiable {

	/**
	 * The run has begun; no bean exists yet.
	 */
	STARTING,

	/**
	 * Scratch directories were set aside, before any bean could touch them.
	 */
	SET_ASIDE,

	/**
	 * The application waits for its dependencies.
	 */
	WAITING,

	/**
	 * The application has waited for its dependencies, whether or not all of them answer.
	 */
	WAITED,

	/**
	 * The application is ready.
	 */
	READY,

	/**
	 * The shutdown has begun; the detail is its trigger.
	 */
	QUIESCING,

	/**
	 * The application context is closed: every bean was destroyed.
	 */
	CLEAN,

	/**
	 * The start was given up in good order.
	 */
	GIVEN_UP,

	/**
	 * The start failed.
	 */
	FAILED,

	/**
	 * The watchdog of the shutdown is about to halt the JVM.
	 */
	HALTED;

	/** Whether nothing is expected after it. */
	boolean isEnd() {
		return this.compareTo(CLEAN) >= 0;
	}

	/** Whether it is an end that may still follow another. */
	boolean isLastWord() {
		return this == FAILED || this == HALTED;
	}

}

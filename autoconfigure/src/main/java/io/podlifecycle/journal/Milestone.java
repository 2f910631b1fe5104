package io.podlifecycle.journal;

/**
 * What the journal notes of a run.
 *
 * @since 0.1.0
 */
public enum Milestone {

	/**
	 * The run has begun; no bean exists yet.
	 */
	STARTING,

	/**
	 * Scratch directories were set aside, before any bean could touch them.
	 */
	SET_ASIDE,

	/**
	 * The application is ready.
	 */
	READY,

	/**
	 * The application was told to leave.
	 */
	LEAVING,

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

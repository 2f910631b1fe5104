package io.podlifecycle.rehearsal.pod;

/**
 * When the process of a pod is started again after it has ended.
 *
 * @since 0.1.0
 */
public enum RestartPolicy {

	/** Always, as in each Deployment. */
	ALWAYS,

	/** After an exit code other than 0. */
	ON_FAILURE,

	/** Never. */
	NEVER;

	boolean restarts(int exitCode) {
		return this == ALWAYS || (this == ON_FAILURE && exitCode != 0);
	}

}

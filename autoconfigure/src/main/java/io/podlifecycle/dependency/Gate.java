package io.podlifecycle.dependency;

import io.podlifecycle.Internal;

/**
 * What a dependency holds up while it does not answer.
 *
 * @since 0.1.0
 */
@Internal
public enum Gate {

	/**
	 * The start.
	 */
	STARTUP(true, false),

	/**
	 * Readiness, at the start and ever after.
	 */
	READINESS(false, true),

	/**
	 * The start, and readiness ever after.
	 */
	BOTH(true, true);

	private final boolean awaited;

	private final boolean watched;

	Gate(boolean awaited, boolean watched) {
		this.awaited = awaited;
		this.watched = watched;
	}

	/**
	 * Return whether the start waits for the dependency.
	 * @return {@code true} if it does
	 */
	public boolean isAwaited() {
		return this.awaited;
	}

	/**
	 * Return whether the dependency is watched while the application runs.
	 * @return {@code true} if it is
	 */
	public boolean isWatched() {
		return this.watched;
	}

}

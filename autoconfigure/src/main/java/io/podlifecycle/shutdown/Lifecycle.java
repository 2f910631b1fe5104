package io.podlifecycle.shutdown;

import io.podlifecycle.Internal;

/**
 * The state machine of an application, which only moves forward. Safe for use by several
 * threads.
 *
 * @since 0.1.0
 */
@Internal
public final class Lifecycle {

	private volatile LifecycleState state = LifecycleState.WAITING;

	private volatile boolean ready;

	/**
	 * Return the state.
	 * @return the state of this moment
	 */
	public LifecycleState state() {
		return this.state;
	}

	/**
	 * Move to a later state; without effect if that, or one after it, is reached already.
	 * @param next the state to move to
	 * @return the state before
	 */
	public synchronized LifecycleState advanceTo(LifecycleState next) {
		LifecycleState before = this.state;
		if (before.compareTo(next) < 0) {
			this.state = next;
			this.ready |= next == LifecycleState.READY;
		}
		return before;
	}

	/**
	 * Return whether the application has been ready.
	 * @return {@code true} if it was {@link LifecycleState#READY} before its shutdown, or
	 * is
	 */
	public boolean hasBeenReady() {
		return this.ready;
	}

	/**
	 * Begin to stop: quiesce an application that has started, and close any other, since
	 * nothing has begun yet. Without effect if the shutdown has begun.
	 */
	synchronized void stop() {
		if (!this.state.isShuttingDown()) {
			this.state = (this.state.compareTo(LifecycleState.STARTING) >= 0) ? LifecycleState.QUIESCING
					: LifecycleState.CLOSING;
		}
	}

}

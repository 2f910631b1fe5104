package io.podlifecycle.shutdown;

import io.podlifecycle.Internal;
import io.podlifecycle.report.Identifiable;

/**
 * A state in the life of an application. The order is that of the life cycle, and there
 * is no way back.
 *
 * @since 0.1.0
 */
@Internal
public enum LifecycleState implements Identifiable {

	/**
	 * The application waits for its dependencies.
	 */
	WAITING,

	/**
	 * The application context is refreshed.
	 */
	REFRESHING,

	/**
	 * The application context is refreshed; runners and warm-up are running.
	 */
	STARTING,

	/**
	 * The application accepts traffic.
	 */
	READY,

	/**
	 * The application asks for no more, and serves what arrives.
	 */
	QUIESCING,

	/**
	 * The application serves what arrives until clients have learned of the shutdown.
	 */
	PROPAGATING,

	/**
	 * The application lets in-flight work finish, and still serves what arrives.
	 */
	DRAINING,

	/**
	 * The application context closes.
	 */
	CLOSING,

	/**
	 * The application context is closed.
	 */
	TERMINATED;

	/**
	 * Return whether the shutdown has begun.
	 * @return {@code true} from {@link #QUIESCING} on
	 */
	public boolean isShuttingDown() {
		return this.compareTo(QUIESCING) >= 0;
	}

}

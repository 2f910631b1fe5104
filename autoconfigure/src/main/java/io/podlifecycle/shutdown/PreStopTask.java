package io.podlifecycle.shutdown;

/**
 * Something that an application does when its shutdown begins, as in a preStop hook: hand
 * over a lease, notify a peer. All tasks run at the same time, on threads of their own,
 * from the first moment of the shutdown on; one that fails is reported and keeps nothing
 * from going on, as Kubernetes treats its hooks.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PreStopTask {

	/**
	 * Do it. The thread is interrupted when the time for it is over.
	 * @throws Exception if it fails; the shutdown goes on
	 */
	void run() throws Exception;

}

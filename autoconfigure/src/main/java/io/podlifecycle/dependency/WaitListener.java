package io.podlifecycle.dependency;

import java.util.List;

/**
 * Is told how a wait goes on. May be called by several threads at the same time.
 *
 * @since 0.1.0
 */
public interface WaitListener {

	/**
	 * Tries are about to begin.
	 * @param dependencies what is waited for
	 */
	default void started(List<Dependency> dependencies) {
	}

	/**
	 * A try was completed.
	 * @param outcome how far it is now
	 */
	default void tried(DependencyOutcome outcome) {
	}

	/**
	 * The wait still goes on; called every few seconds.
	 * @param missing what did not answer so far
	 */
	default void stillWaiting(List<DependencyOutcome> missing) {
	}

}

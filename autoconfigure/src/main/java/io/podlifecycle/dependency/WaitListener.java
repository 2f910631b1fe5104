package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.List;

import io.podlifecycle.Internal;

/**
 * Is told how a wait goes on. May be called by several threads at the same time.
 *
 * @since 0.1.0
 */
@Internal
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
	 * The wait still goes on; called now and then.
	 * @param missing what did not answer so far
	 */
	default void stillWaiting(List<DependencyOutcome> missing) {
	}

	/**
	 * A wait in the background has ended, since all have answered.
	 * @param elapsed the time that it took
	 */
	default void ended(Duration elapsed) {
	}

}

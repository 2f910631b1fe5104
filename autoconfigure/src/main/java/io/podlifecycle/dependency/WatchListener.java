package io.podlifecycle.dependency;

import java.time.Duration;

import io.podlifecycle.Internal;

/**
 * Is told what becomes of the dependencies that are watched. May be called by several
 * threads at the same time.
 *
 * @since 0.1.0
 */
@Internal
public interface WatchListener {

	/**
	 * A dependency is lost.
	 * @param outcome what the last try found
	 */
	void lost(DependencyOutcome outcome);

	/**
	 * A dependency does not answer yet, or is still lost; called now and then.
	 * @param outcome what the last try found
	 * @param elapsed for how long
	 */
	default void stillMissing(DependencyOutcome outcome, Duration elapsed) {
	}

	/**
	 * A dependency answers, for the first time or again.
	 * @param outcome what the last try found
	 */
	void found(DependencyOutcome outcome);

}

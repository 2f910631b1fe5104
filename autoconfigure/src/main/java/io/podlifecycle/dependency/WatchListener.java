package io.podlifecycle.dependency;

/**
 * Is told what becomes of the dependencies that are watched. May be called by several
 * threads at the same time.
 *
 * @since 0.1.0
 */
public interface WatchListener {

	/**
	 * A dependency is lost.
	 * @param outcome what the last try found
	 */
	void lost(DependencyOutcome outcome);

	/**
	 * A dependency answers, for the first time or again.
	 * @param outcome what the last try found
	 */
	void found(DependencyOutcome outcome);

}

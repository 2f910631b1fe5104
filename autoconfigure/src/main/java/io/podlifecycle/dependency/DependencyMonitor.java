package io.podlifecycle.dependency;

import java.util.List;
import java.util.Map;

import io.podlifecycle.Internal;

/**
 * Tries that go on in the background. Safe for use by several threads.
 *
 * @since 0.1.0
 */
@Internal
public interface DependencyMonitor extends AutoCloseable {

	/**
	 * Return what does not answer.
	 * @return the missing dependencies, empty when all answer
	 */
	List<DependencyOutcome> missing();

	/**
	 * Return whether each dependency answers, whatever it holds up.
	 * @return {@code true} or {@code false} by the dependency's name
	 */
	Map<String, Boolean> answers();

	/**
	 * Return how far those are that are only waited for, until their first answer.
	 * @return one outcome for each, empty where dependencies are watched
	 */
	default List<DependencyOutcome> outcomes() {
		return List.of();
	}

	/**
	 * End the tries. What is missing stays missing.
	 */
	@Override
	void close();

}

package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.List;

import io.podlifecycle.Internal;

/**
 * How a wait ended. Immutable.
 *
 * @param elapsed how long it took
 * @param outcomes one for each dependency, in the configured order
 * @since 0.1.0
 */
@Internal
public record WaitResult(Duration elapsed, List<DependencyOutcome> outcomes) {

	public WaitResult {
		outcomes = List.copyOf(outcomes);
	}

	/**
	 * Return what stands in the way of the start.
	 * @return the required dependencies that did not answer
	 */
	public List<DependencyOutcome> unavailable() {
		return this.outcomes.stream()
			.filter((outcome) -> outcome.dependency().required() && !outcome.isAnswered())
			.toList();
	}

}

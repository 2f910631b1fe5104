package io.podlifecycle.dependency;

import java.time.Duration;

/**
 * How far the wait for one dependency has come. Immutable.
 *
 * @param dependency the dependency
 * @param state how far
 * @param attempts the number of completed tries
 * @param elapsed the time from the start of the wait to the last completed try
 * @param lastError what the last try found, without secrets; empty when it answered
 * @since 0.1.0
 */
public record DependencyOutcome(Dependency dependency, State state, int attempts, Duration elapsed, String lastError) {

	static DependencyOutcome notTried(Dependency dependency) {
		return new DependencyOutcome(dependency, State.PENDING, 0, Duration.ZERO, "not tried yet");
	}

	DependencyOutcome tried(ProbeResult result, Duration elapsed) {
		State state = (result.status() == ProbeResult.Status.ANSWERED) ? State.ANSWERED : State.PENDING;
		return new DependencyOutcome(this.dependency, state, this.attempts + 1, elapsed,
				Secrets.redact(result.detail()));
	}

	DependencyOutcome givenUp() {
		return new DependencyOutcome(this.dependency, State.GIVEN_UP, this.attempts, this.elapsed, this.lastError);
	}

	/**
	 * Return whether the dependency answered.
	 * @return {@code true} if it did
	 */
	public boolean isAnswered() {
		return this.state == State.ANSWERED;
	}

	/**
	 * How far the wait for a dependency can come.
	 */
	public enum State {

		/**
		 * It did not answer so far.
		 */
		PENDING,

		/**
		 * It answered.
		 */
		ANSWERED,

		/**
		 * It did not answer within its own timeout.
		 */
		GIVEN_UP

	}

}

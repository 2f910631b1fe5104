package io.podlifecycle.dependency;

import java.time.Duration;

import io.podlifecycle.Internal;

/**
 * How far the wait for one dependency has come. Immutable.
 *
 * @param dependency the dependency
 * @param state how far
 * @param attempts the number of completed tries
 * @param elapsed the time from the start of the wait to the last completed try
 * @param lastError what the last try found, without secrets, followed by
 * {@code tellingError} if the last try only ran out of time; empty when it answered
 * @param tellingError what the last try found of those since the last answer that did
 * more than run out of time, without secrets; empty if there is none
 * @since 0.1.0
 */
@Internal
public record DependencyOutcome(Dependency dependency, State state, int attempts, Duration elapsed, String lastError,
		String tellingError) {

	static DependencyOutcome notTried(Dependency dependency) {
		return new DependencyOutcome(dependency, State.PENDING, 0, Duration.ZERO, "not tried yet", "");
	}

	DependencyOutcome tried(ProbeResult result, Duration elapsed) {
		State state = switch (result.status()) {
			case ANSWERED -> State.ANSWERED;
			case REFUSED -> State.REFUSED;
			default -> State.PENDING;
		};
		String detail = result.detail();
		boolean timedOut = result.status() == ProbeResult.Status.TIMED_OUT;
		String telling = timedOut ? this.tellingError : detail;
		String error = (timedOut && !telling.isEmpty()) ? detail + "; before that: " + telling : detail;
		return new DependencyOutcome(this.dependency, state, this.attempts + 1, elapsed, error, telling);
	}

	DependencyOutcome givenUp() {
		return new DependencyOutcome(this.dependency, State.GIVEN_UP, this.attempts, this.elapsed, this.lastError,
				this.tellingError);
	}

	/**
	 * Return whether the dependency answered.
	 * @return {@code true} if it did
	 */
	public boolean isAnswered() {
		return this.state == State.ANSWERED;
	}

	/**
	 * Return whether the dependency refuses for good.
	 * @return {@code true} if it did at the last try
	 */
	public boolean isRefused() {
		return this.state == State.REFUSED;
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
		 * It did not answer so far, and the last try was refused for good.
		 */
		REFUSED,

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

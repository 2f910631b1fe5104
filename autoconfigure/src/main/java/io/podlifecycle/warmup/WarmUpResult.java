package io.podlifecycle.warmup;

import java.time.Duration;

/**
 * What came of a warm-up. Immutable.
 *
 * @param requests how many requests were to be sent
 * @param succeeded how many of them were answered with a status below 400
 * @param elapsed how long it took
 * @since 0.1.0
 */
record WarmUpResult(int requests, int succeeded, Duration elapsed) {

	/**
	 * Return whether every request was answered as it should.
	 * @return {@code true} if none failed and none was left when the time was over
	 */
	public boolean isComplete() {
		return this.succeeded == this.requests;
	}

}

package io.podlifecycle.time;

import java.time.Duration;

import io.podlifecycle.Internal;

/**
 * Lets the calling thread sleep. Implementations are safe for use by several threads.
 *
 * @since 0.1.0
 */
@Internal
@FunctionalInterface
public interface Sleeper {

	/**
	 * Sleep for a while.
	 * @param duration how long, not negative
	 * @throws InterruptedException if the thread was interrupted; its flag is cleared
	 */
	void sleep(Duration duration) throws InterruptedException;

	/**
	 * Sleep for a while, or until interrupted.
	 * @param duration how long, not negative
	 * @return {@code false} if the thread was interrupted; its flag is set again, and the
	 * caller is expected to leave its loop
	 */
	default boolean sleepUnlessInterrupted(Duration duration) {
		try {
			sleep(duration);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * A sleeper that takes real time.
	 * @return the sleeper to use outside of tests
	 */
	static Sleeper system() {
		return (duration) -> Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
	}

}

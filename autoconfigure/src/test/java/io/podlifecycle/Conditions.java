package io.podlifecycle;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import org.awaitility.Awaitility;

/**
 * Waits for conditions, as long as a slow machine may need. A loop of one's own would not
 * end at the time limit of its test, which interrupts the thread.
 */
public final class Conditions {

	private Conditions() {
	}

	/**
	 * Wait until a condition holds.
	 * @param condition the condition
	 */
	public static void await(BooleanSupplier condition) {
		Awaitility.await()
			.pollInSameThread()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2))
			.atMost(Duration.ofSeconds(50))
			.until(condition::getAsBoolean);
	}

}

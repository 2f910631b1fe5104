package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.List;

/**
 * The pauses after tries that were refused for good. Used by one thread.
 */
final class RefusalBackoff {

	private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(10), Duration.ofSeconds(30),
			Duration.ofSeconds(60));

	/** Pods that started together must not try in step. */
	private static final double JITTER = 0.2;

	private int refusals;

	/**
	 * Note what a try has found.
	 * @return whether it was refused
	 */
	boolean isRefused(ProbeResult result) {
		this.refusals = (result.status() == ProbeResult.Status.REFUSED) ? this.refusals + 1 : 0;
		return this.refusals > 0;
	}

	/**
	 * Return the pause after the last refusal.
	 * @param random from 0 (inclusive) to 1 (exclusive)
	 */
	Duration pause(double random) {
		Duration pause = PAUSES.get(Math.min(this.refusals, PAUSES.size()) - 1);
		return Duration.ofMillis((long) (pause.toMillis() * (1 + JITTER * random)));
	}

}

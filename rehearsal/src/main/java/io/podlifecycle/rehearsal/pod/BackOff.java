package io.podlifecycle.rehearsal.pod;

import java.time.Duration;

/**
 * How long the kubelet waits before it starts a container again: the first time not at
 * all, then 10 s, twice as long each time up to 300 s, and from the beginning once it has
 * run for 10 min. Not thread-safe.
 */
final class BackOff {

	private static final Duration FIRST = Duration.ofSeconds(10);

	private static final Duration MAX = Duration.ofMinutes(5);

	private static final Duration FORGOTTEN = Duration.ofMinutes(10);

	private final double factor;

	private Duration next = Duration.ZERO;

	BackOff(double factor) {
		this.factor = factor;
	}

	Duration next(Duration ranFor) {
		Duration pause = (ranFor.compareTo(FORGOTTEN) >= 0) ? Duration.ZERO : this.next;
		this.next = pause.isZero() ? FIRST : pause.multipliedBy(2);
		if (this.next.compareTo(MAX) > 0) {
			this.next = MAX;
		}
		return Duration.ofMillis((long) (pause.toMillis() * this.factor));
	}

}

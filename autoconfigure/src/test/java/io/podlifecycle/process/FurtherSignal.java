package io.podlifecycle.process;

import java.time.Duration;

/**
 * A signal that follows SIGTERM.
 *
 * @param name {@code TERM} or {@code INT}
 * @param after how long after SIGTERM; in the drain, after the drain has begun
 */
record FurtherSignal(String name, Duration after) {

	/**
	 * Return whether it ends every wait if it was sent so long after SIGTERM: one within
	 * two seconds is a duplicate. The margin is for its way to the process.
	 */
	boolean hurries(Duration sinceFirst) {
		return sinceFirst.toMillis() >= 1_500;
	}

	/**
	 * Return whether it may come before the JVM, on a busy machine, has handled SIGTERM.
	 */
	boolean isSoon() {
		return this.after.toMillis() < 500;
	}

	@Override
	public String toString() {
		return "SIG" + this.name + " +" + this.after.toMillis() + " ms";
	}

}

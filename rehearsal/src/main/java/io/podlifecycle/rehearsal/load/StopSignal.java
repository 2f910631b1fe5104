package io.podlifecycle.rehearsal.load;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells the clients of a load when to end: once stopped, or when the time is over.
 */
final class StopSignal {

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final long deadline;

	StopSignal(Duration max) {
		this.deadline = System.nanoTime() + max.toNanos();
	}

	void stop() {
		this.stopped.countDown();
	}

	/**
	 * Pauses, for less if the end comes earlier.
	 * @param pause how long
	 * @return whether to go on
	 * @throws InterruptedException if interrupted
	 */
	boolean pause(Duration pause) throws InterruptedException {
		long remaining = this.deadline - System.nanoTime();
		if (this.stopped.await(Math.min(pause.toNanos(), remaining), TimeUnit.NANOSECONDS)) {
			return false;
		}
		return this.deadline - System.nanoTime() > 0;
	}

}

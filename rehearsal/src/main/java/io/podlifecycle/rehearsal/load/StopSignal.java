package io.podlifecycle.rehearsal.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.time.Deadline;

/**
 * Tells the clients of a load when to end: once stopped, or when the time is over.
 */
final class StopSignal {

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final List<Runnable> callbacks = new CopyOnWriteArrayList<>();

	private final Deadline deadline;

	StopSignal(Duration max) {
		this.deadline = Deadline.in(max);
	}

	void stop() {
		this.stopped.countDown();
		this.callbacks.forEach(Runnable::run);
	}

	boolean isStopped() {
		return this.stopped.getCount() == 0;
	}

	/**
	 * Has something done at the stop, or at once if that was before.
	 * @param callback what to do; perhaps more than once
	 */
	void onStop(Runnable callback) {
		this.callbacks.add(callback);
		if (isStopped()) {
			callback.run();
		}
	}

	/**
	 * Pauses, for less if the end comes earlier.
	 * @param pause how long
	 * @return whether to go on
	 * @throws InterruptedException if interrupted
	 */
	boolean pause(Duration pause) throws InterruptedException {
		long remaining = this.deadline.remaining().toNanos();
		if (this.stopped.await(Math.min(pause.toNanos(), remaining), TimeUnit.NANOSECONDS)) {
			return false;
		}
		return !this.deadline.hasPassed();
	}

}

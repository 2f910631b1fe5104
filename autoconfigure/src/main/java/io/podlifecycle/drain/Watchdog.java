package io.podlifecycle.drain;

import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Sleeper;

/**
 * Acts when a deadline passes and the process is still there. A daemon thread, so it
 * never keeps a process alive by itself.
 *
 * @since 0.1.0
 */
public final class Watchdog {

	private Watchdog() {
	}

	/**
	 * Set a watchdog on a deadline.
	 * @param deadline when the process has to be gone
	 * @param sleeper sleeps until then
	 * @param action what to do then
	 */
	public static void set(Deadline deadline, Sleeper sleeper, Runnable action) {
		Thread thread = new Thread(() -> {
			while (!deadline.isOver()) {
				if (!sleeper.sleepUnlessInterrupted(deadline.remaining())) {
					return;
				}
			}
			action.run();
		}, "pod-lifecycle-watchdog");
		thread.setDaemon(true);
		thread.start();
	}

}

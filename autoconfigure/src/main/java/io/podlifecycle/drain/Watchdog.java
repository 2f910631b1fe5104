package io.podlifecycle.drain;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Poller;
import io.podlifecycle.time.Sleeper;

/**
 * Acts when a deadline passes and the process is still there. A daemon thread, so it
 * never keeps a process alive by itself; and it ends as soon as nothing is left to watch,
 * since a process may live on, and start its application again.
 *
 * @since 0.1.0
 */
public final class Watchdog {

	private static final Duration LOOK_EVERY = Duration.ofMillis(200);

	private Watchdog() {
	}

	/**
	 * Set a watchdog on a deadline.
	 * @param deadline when the process has to be gone
	 * @param sleeper sleeps until then
	 * @param settled whether there is nothing to watch any more; asked again and again
	 * @param action what to do at the deadline
	 */
	public static void set(Deadline deadline, Sleeper sleeper, BooleanSupplier settled, Runnable action) {
		Thread thread = new Thread(() -> {
			boolean needless = new Poller(sleeper, LOOK_EVERY).await(settled, deadline);
			if (!needless && deadline.isOver()) {
				action.run();
			}
		}, "pod-lifecycle-watchdog");
		thread.setDaemon(true);
		thread.start();
	}

}

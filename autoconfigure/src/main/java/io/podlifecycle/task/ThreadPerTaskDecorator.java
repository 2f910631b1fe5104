package io.podlifecycle.task;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.podlifecycle.shutdown.Participant;

import org.springframework.core.task.TaskDecorator;
import org.springframework.scheduling.support.DelegatingErrorHandlingRunnable;

/**
 * Counts the tasks of executors that have a thread for each task, virtual ones mostly,
 * and keep no count themselves. A task counts from the first moment of its thread on, not
 * from its submission: the executor may reject it. Those of schedulers are counted apart,
 * since there may always be one.
 *
 * @since 0.1.0
 */
final class ThreadPerTaskDecorator implements TaskDecorator, Participant {

	private final AtomicLong running = new AtomicLong();

	private final AtomicLong scheduled = new AtomicLong();

	@Override
	public String name() {
		return "tasks on threads of their own";
	}

	@Override
	public Runnable decorate(Runnable task) {
		// The pool of the scheduler counts it.
		if (task instanceof ScheduledFuture<?>) {
			return task;
		}
		return counted(task, (task instanceof DelegatingErrorHandlingRunnable) ? this.scheduled : this.running);
	}

	private static Runnable counted(Runnable task, AtomicLong count) {
		return () -> {
			count.incrementAndGet();
			try {
				task.run();
			}
			finally {
				count.decrementAndGet();
			}
		};
	}

	@Override
	public long inFlight() {
		return this.running.get();
	}

	/**
	 * Return how many tasks of schedulers run.
	 * @return their number
	 */
	public long scheduled() {
		return this.scheduled.get();
	}

}

package io.podlifecycle.scheduling;

import java.util.concurrent.atomic.AtomicLong;

import io.podlifecycle.drain.Participant;

import org.springframework.core.task.TaskDecorator;

/**
 * Counts the tasks of executors that have a thread for each task, virtual ones mostly,
 * and keep no count themselves. A task counts from the first moment of its thread on, not
 * from its submission: the executor may reject it.
 *
 * @since 0.1.0
 */
public final class ThreadPerTaskDecorator implements TaskDecorator, Participant {

	private final AtomicLong running = new AtomicLong();

	@Override
	public String name() {
		return "tasks on threads of their own";
	}

	@Override
	public Runnable decorate(Runnable task) {
		return () -> {
			this.running.incrementAndGet();
			try {
				task.run();
			}
			finally {
				this.running.decrementAndGet();
			}
		};
	}

	@Override
	public long inFlight() {
		return this.running.get();
	}

}

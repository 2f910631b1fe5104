package io.podlifecycle.task;

import java.util.concurrent.atomic.AtomicLong;

import io.podlifecycle.shutdown.Participant;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.boot.task.SimpleAsyncTaskSchedulerBuilder;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
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
final class ThreadPerTaskDecorator implements BeanPostProcessor, Participant {

	private final AtomicLong running = new AtomicLong();

	private final AtomicLong scheduled = new AtomicLong();

	@Override
	public String name() {
		return "tasks on threads of their own";
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (bean instanceof SimpleAsyncTaskExecutorBuilder builder) {
			return builder.additionalCustomizers(this::decorateTasks);
		}
		return (bean instanceof SimpleAsyncTaskSchedulerBuilder builder)
				? builder.additionalCustomizers(this::decorateTasks) : bean;
	}

	/**
	 * There is no getter for the decorator of the application, and a bean of that type
	 * would be injected in its place. Ours sees the task first, and knows those of
	 * schedulers by their type.
	 */
	void decorateTasks(SimpleAsyncTaskExecutor executor) {
		Object decorator = new DirectFieldAccessor(executor).getPropertyValue("taskDecorator");
		executor.setTaskDecorator((decorator instanceof TaskDecorator theirs)
				? (task) -> theirs.decorate(decorate(task)) : this::decorate);
	}

	private Runnable decorate(Runnable task) {
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

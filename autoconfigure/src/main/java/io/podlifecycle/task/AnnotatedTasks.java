package io.podlifecycle.task;

import java.util.List;

import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.TaskExecutionOutcome.Status;

/**
 * Tasks of {@code @Scheduled}, whatever scheduler runs them.
 *
 * @param tasks the tasks
 */
record AnnotatedTasks(List<ScheduledTask> tasks) implements PeriodicTasks {

	@Override
	public void end() {
		this.tasks.forEach((task) -> task.cancel(false));
	}

	@Override
	public long running() {
		return this.tasks.stream().filter(AnnotatedTasks::isRunning).count();
	}

	private static boolean isRunning(ScheduledTask task) {
		return task.getTask().getLastExecutionOutcome().status() == Status.STARTED;
	}

}

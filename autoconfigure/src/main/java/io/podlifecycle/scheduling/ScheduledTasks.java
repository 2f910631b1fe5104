package io.podlifecycle.scheduling;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.podlifecycle.drain.Participant;

import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.scheduling.config.TaskExecutionOutcome.Status;

/**
 * The tasks of {@code @Scheduled}. When the shutdown begins none is triggered any more;
 * one that runs is not interrupted, and is in flight until it has ended.
 *
 * @since 0.1.0
 */
public final class ScheduledTasks implements Participant {

	private final Supplier<Stream<ScheduledTaskHolder>> holders;

	private volatile List<ScheduledTask> tasks = List.of();

	/**
	 * Create a participant.
	 * @param holders returns who knows the tasks that there are when the shutdown begins
	 */
	public ScheduledTasks(Supplier<Stream<ScheduledTaskHolder>> holders) {
		this.holders = holders;
	}

	@Override
	public String name() {
		return "scheduled tasks";
	}

	@Override
	public void quiesce() {
		this.tasks = this.holders.get().flatMap((holder) -> holder.getScheduledTasks().stream()).toList();
		this.tasks.forEach((task) -> task.cancel(false));
	}

	@Override
	public long inFlight() {
		return this.tasks.stream().filter(ScheduledTasks::isRunning).count();
	}

	private static boolean isRunning(ScheduledTask task) {
		return task.getTask().getLastExecutionOutcome().status() == Status.STARTED;
	}

}

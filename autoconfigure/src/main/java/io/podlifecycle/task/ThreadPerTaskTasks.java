package io.podlifecycle.task;

import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/**
 * Tasks of a scheduler that has a thread for each task. Only its trigger is paused; tasks
 * that are handed to it without a delay go on.
 */
final class ThreadPerTaskTasks implements PeriodicTasks {

	private final SimpleAsyncTaskScheduler scheduler;

	private volatile boolean ended;

	private volatile boolean stopped;

	ThreadPerTaskTasks(SimpleAsyncTaskScheduler scheduler) {
		this.scheduler = scheduler;
	}

	@Override
	public void end() {
		if (!this.ended) {
			this.ended = true;
			this.scheduler.stop(() -> this.stopped = true);
		}
	}

	/** Those with a fixed delay run on the thread of the scheduler. */
	@Override
	public long running() {
		return (this.ended && !this.stopped) ? 1 : 0;
	}

}

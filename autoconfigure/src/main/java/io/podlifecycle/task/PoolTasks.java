package io.podlifecycle.task;

import java.util.concurrent.Delayed;
import java.util.concurrent.Future;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Tasks of a pool for scheduled tasks. Those that are due are waited for as well, unless
 * they are periodic.
 */
final class PoolTasks implements PeriodicTasks {

	private final ScheduledThreadPoolExecutor pool;

	private final @Nullable ThreadPoolTaskScheduler scheduler;

	private volatile long completedAfterEnd = -1;

	/**
	 * A thread that has just completed its task still looks busy: one look is not enough.
	 */
	private volatile boolean begunAnew;

	/**
	 * Create a view on a pool.
	 * @param pool the pool
	 * @param scheduler the scheduler that it belongs to, if there is one
	 */
	PoolTasks(ScheduledThreadPoolExecutor pool, @Nullable ThreadPoolTaskScheduler scheduler) {
		this.pool = pool;
		this.scheduler = scheduler;
	}

	/**
	 * The pool continues to accept tasks, since a late request may need it. However, a
	 * periodic task that runs is not in the queue, and the task of a trigger looks like
	 * one that runs once. A pool that starts further tasks after those that ran have
	 * ended is therefore shut down.
	 */
	@Override
	public void end() {
		cancelPeriodic();
		if (this.completedAfterEnd < 0) {
			this.completedAfterEnd = this.pool.getCompletedTaskCount() + running();
		}
		else {
			boolean anew = this.pool.getCompletedTaskCount() >= this.completedAfterEnd
					&& this.pool.getActiveCount() > 0;
			if (anew && this.begunAnew) {
				this.pool.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
				this.pool.shutdown();
			}
			this.begunAnew = anew;
		}
	}

	private void cancelPeriodic() {
		for (Runnable task : this.pool.getQueue()) {
			if (task instanceof RunnableScheduledFuture<?> future && future.isPeriodic()) {
				future.cancel(false);
			}
		}
	}

	/**
	 * Looks at the queue first: a task that goes from there to a thread meanwhile is
	 * counted twice rather than not at all.
	 */
	@Override
	public long running() {
		long due = this.pool.getQueue().stream().filter(PoolTasks::isDue).count();
		return due + this.pool.getActiveCount();
	}

	private static boolean isDue(Runnable task) {
		return task instanceof Delayed delayed && delayed.getDelay(TimeUnit.NANOSECONDS) <= 0
				&& !(task instanceof Future<?> future && future.isDone());
	}

	@Override
	public long giveUp() {
		if (this.scheduler != null) {
			// Spring does not wait for a scheduler that is paused.
			this.scheduler.stop();
			this.scheduler.setAwaitTerminationMillis(0);
			return 0;
		}
		long running = running();
		this.pool.shutdownNow();
		return running;
	}

}

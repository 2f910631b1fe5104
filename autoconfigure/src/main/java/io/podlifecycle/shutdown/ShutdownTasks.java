package io.podlifecycle.shutdown;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

import io.podlifecycle.report.ShutdownReport.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of a shutdown that run at the same time, each on a thread of its own. One that
 * fails or does not end is reported, and holds up no other. Started by one thread, looked
 * at by any.
 *
 * @since 0.1.0
 */
final class ShutdownTasks {

	private final Executor executor;

	private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();

	private final IdentityHashMap<Object, Task> last = new IdentityHashMap<>();

	/**
	 * Create a group without tasks.
	 * @param executor runs each task on a thread of its own
	 */
	public ShutdownTasks(Executor executor) {
		this.executor = executor;
	}

	/**
	 * Start a task.
	 * @param name what it is, for reports
	 * @param action what to do
	 */
	public void start(String name, PreStopTask action) {
		execute(add(name, action));
	}

	/**
	 * Start a task as soon as those that were started before for the same receiver are
	 * over.
	 * @param receiver who is called
	 * @param name what it is, for reports
	 * @param action what to do
	 */
	public void startInOrder(Object receiver, String name, PreStopTask action) {
		Task task = add(name, action);
		Task before = this.last.put(receiver, task);
		if (before == null || !before.isFollowedBy(task)) {
			execute(task);
		}
	}

	private Task add(String name, PreStopTask action) {
		Task task = new Task(name, action);
		this.tasks.add(task);
		return task;
	}

	private void execute(Task task) {
		try {
			this.executor.execute(task);
		}
		catch (Throwable ex) {
			// The process may be at its limit of threads.
			task.end(ex);
		}
	}

	/**
	 * Return whether all tasks are over.
	 * @return {@code true} if none is running
	 */
	public boolean areOver() {
		return this.tasks.stream().allMatch(Task::isOver);
	}

	/**
	 * Give up those that still run.
	 * @return what went wrong so far
	 */
	public List<Problem> giveUp() {
		List<Problem> problems = problems();
		this.tasks.forEach(Task::interrupt);
		return problems;
	}

	/**
	 * Return what went wrong so far.
	 * @return a problem for each task that failed or is not over
	 */
	public List<Problem> problems() {
		return this.tasks.stream().flatMap((task) -> task.problem().stream()).distinct().toList();
	}

	private final class Task implements Runnable {

		private final String name;

		private final PreStopTask action;

		private @Nullable Thread thread;

		private @Nullable Task next;

		private boolean over;

		private @Nullable Throwable failure;

		Task(String name, PreStopTask action) {
			this.name = name;
			this.action = action;
		}

		@Override
		public void run() {
			begin();
			try {
				this.action.run();
				end(null);
			}
			catch (Throwable ex) {
				end(ex);
			}
		}

		private synchronized void begin() {
			this.thread = Thread.currentThread();
		}

		void end(@Nullable Throwable failure) {
			Task following = endAlone(failure);
			if (following != null) {
				execute(following);
			}
		}

		private synchronized @Nullable Task endAlone(@Nullable Throwable failure) {
			this.thread = null;
			this.failure = failure;
			this.over = true;
			return this.next;
		}

		/** Unless it is over already. */
		synchronized boolean isFollowedBy(Task task) {
			this.next = task;
			return !this.over;
		}

		synchronized boolean isOver() {
			return this.over;
		}

		synchronized void interrupt() {
			if (this.thread != null) {
				this.thread.interrupt();
			}
		}

		synchronized List<Problem> problem() {
			if (!this.over) {
				return List.of(new Problem(this.name, "does not end"));
			}
			return (this.failure != null) ? List.of(new Problem(this.name, "failed: " + this.failure)) : List.of();
		}

	}

}

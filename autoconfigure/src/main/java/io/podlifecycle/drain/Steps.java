package io.podlifecycle.drain;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * Steps that run at the same time. One that fails or does not end is told, and holds up
 * no other. Safe for use by several threads.
 */
final class Steps {

	private final Executor executor;

	private final Queue<Step> steps = new ConcurrentLinkedQueue<>();

	Steps(Executor executor) {
		this.executor = executor;
	}

	void start(String name, PreStopTask action) {
		Step step = new Step(name, action);
		this.steps.add(step);
		try {
			this.executor.execute(step);
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			// There may be no thread left to have.
			step.end(ex);
		}
	}

	boolean areOver() {
		return this.steps.stream().allMatch(Step::isOver);
	}

	/**
	 * Give up those that still run.
	 */
	void interrupt() {
		this.steps.forEach(Step::interrupt);
	}

	/**
	 * Return what went wrong so far.
	 * @return a line for each step that failed or still runs
	 */
	List<String> problems() {
		return this.steps.stream().flatMap((step) -> step.problem().stream()).toList();
	}

	private static final class Step implements Runnable {

		private final String name;

		private final PreStopTask action;

		private @Nullable Thread thread;

		private boolean over;

		private @Nullable Throwable failure;

		Step(String name, PreStopTask action) {
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

		private synchronized void end(@Nullable Throwable failure) {
			this.thread = null;
			this.failure = failure;
			this.over = true;
		}

		synchronized boolean isOver() {
			return this.over;
		}

		synchronized void interrupt() {
			if (this.thread != null) {
				this.thread.interrupt();
			}
		}

		synchronized List<String> problem() {
			if (!this.over) {
				return List.of(this.name + " does not end");
			}
			return (this.failure != null) ? List.of(this.name + " failed: " + this.failure) : List.of();
		}

	}

}

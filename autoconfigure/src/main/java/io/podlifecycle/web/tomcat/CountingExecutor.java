package io.podlifecycle.web.tomcat;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the tasks of an executor that does not count them itself. Safe for use by
 * several threads.
 */
interface CountingExecutor extends Executor {

	/** Those that run, and those that are to. */
	int unfinished();

	/**
	 * Return what counts the tasks of an executor, and is a service if that is one.
	 */
	static CountingExecutor of(Executor executor) {
		return (executor instanceof ExecutorService service) ? new Service(service) : new Plain(executor);
	}

	final class Plain implements CountingExecutor {

		private final Executor delegate;

		private final AtomicInteger unfinished = new AtomicInteger();

		Plain(Executor delegate) {
			this.delegate = delegate;
		}

		@Override
		public void execute(Runnable task) {
			this.unfinished.incrementAndGet();
			try {
				this.delegate.execute(() -> run(task));
			}
			catch (RuntimeException | Error ex) {
				this.unfinished.decrementAndGet();
				throw ex;
			}
		}

		private void run(Runnable task) {
			try {
				task.run();
			}
			finally {
				this.unfinished.decrementAndGet();
			}
		}

		@Override
		public int unfinished() {
			return this.unfinished.get();
		}

	}

	final class Service extends AbstractExecutorService implements CountingExecutor {

		private final ExecutorService delegate;

		private final Plain tasks;

		Service(ExecutorService delegate) {
			this.delegate = delegate;
			this.tasks = new Plain(delegate);
		}

		@Override
		public void execute(Runnable task) {
			this.tasks.execute(task);
		}

		@Override
		public int unfinished() {
			return this.tasks.unfinished();
		}

		@Override
		public void shutdown() {
			this.delegate.shutdown();
		}

		@Override
		public List<Runnable> shutdownNow() {
			return this.delegate.shutdownNow();
		}

		@Override
		public boolean isShutdown() {
			return this.delegate.isShutdown();
		}

		@Override
		public boolean isTerminated() {
			return this.delegate.isTerminated();
		}

		@Override
		public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
			return this.delegate.awaitTermination(timeout, unit);
		}

	}

}

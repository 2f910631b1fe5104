package io.podlifecycle.work;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.podlifecycle.Internal;

/**
 * Counts the tasks of an executor that does not count them itself. Safe for use by
 * several threads.
 *
 * @since 0.1.0
 */
@Internal
public interface CountingExecutor extends Executor {

	/**
	 * Return how many tasks are running or queued.
	 * @return the number
	 */
	long unfinished();

	/**
	 * Return an executor that counts the tasks of another.
	 * @param executor the other
	 * @param unfinished the counter
	 * @return the executor, which is a service if the other one is
	 */
	static CountingExecutor of(Executor executor, AtomicLong unfinished) {
		Plain plain = new Plain(executor, unfinished);
		return (executor instanceof ExecutorService service) ? new Service(service, plain) : plain;
	}

	/**
	 * An executor that is no service.
	 */
	final class Plain implements CountingExecutor {

		private final Executor delegate;

		private final AtomicLong unfinished;

		private Plain(Executor delegate, AtomicLong unfinished) {
			this.delegate = delegate;
			this.unfinished = unfinished;
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
		public long unfinished() {
			return this.unfinished.get();
		}

	}

	/**
	 * An executor service.
	 */
	final class Service extends AbstractExecutorService implements CountingExecutor {

		private final ExecutorService delegate;

		private final Plain tasks;

		private Service(ExecutorService delegate, Plain tasks) {
			this.delegate = delegate;
			this.tasks = tasks;
		}

		@Override
		public void execute(Runnable task) {
			this.tasks.execute(task);
		}

		@Override
		public long unfinished() {
			return this.tasks.unfinished();
		}

		@Override
		public void shutdown() {
			this.delegate.shutdown();
		}

		@Override
		public List<Runnable> shutdownNow() {
			List<Runnable> neverBegun = this.delegate.shutdownNow();
			this.tasks.unfinished.addAndGet(-neverBegun.size());
			return neverBegun;
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

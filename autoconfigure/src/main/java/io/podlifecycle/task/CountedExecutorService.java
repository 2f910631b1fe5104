package io.podlifecycle.task;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An executor of the JDK that tells nobody of its tasks, such as that of virtual threads.
 */
final class CountedExecutorService extends AbstractExecutorService {

	private final ExecutorService executor;

	private final AtomicLong tasks;

	/**
	 * Create an executor.
	 * @param executor runs the tasks
	 * @param tasks the number of tasks that run and that are queued
	 */
	CountedExecutorService(ExecutorService executor, AtomicLong tasks) {
		this.executor = executor;
		this.tasks = tasks;
	}

	/**
	 * Return whether nobody can know an executor by its class: what
	 * {@code java.util.concurrent.Executors} returns in disguise.
	 * @param executor the executor
	 * @return {@code true} if another one can take its place
	 */
	static boolean isNeeded(ExecutorService executor) {
		Class<?> type = executor.getClass();
		return type.getPackage() == ExecutorService.class.getPackage() && !Modifier.isPublic(type.getModifiers())
				&& !(executor instanceof ScheduledExecutorService);
	}

	@Override
	public void execute(Runnable task) {
		this.tasks.incrementAndGet();
		try {
			this.executor.execute(() -> {
				try {
					task.run();
				}
				finally {
					this.tasks.decrementAndGet();
				}
			});
		}
		catch (RuntimeException | Error ex) {
			this.tasks.decrementAndGet();
			throw ex;
		}
	}

	@Override
	public void shutdown() {
		this.executor.shutdown();
	}

	@Override
	public List<Runnable> shutdownNow() {
		List<Runnable> neverBegun = this.executor.shutdownNow();
		this.tasks.addAndGet(-neverBegun.size());
		return neverBegun;
	}

	@Override
	public boolean isShutdown() {
		return this.executor.isShutdown();
	}

	@Override
	public boolean isTerminated() {
		return this.executor.isTerminated();
	}

	@Override
	public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
		return this.executor.awaitTermination(timeout, unit);
	}

}

package io.podlifecycle.web.tomcat;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the tasks of an executor that does not count them itself. Safe for use by
 * several threads.
 */
final class CountingExecutor implements Executor {

	private final Executor delegate;

	private final AtomicInteger unfinished = new AtomicInteger();

	CountingExecutor(Executor delegate) {
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

	/** Those that run, and those that are to. */
	int unfinished() {
		return this.unfinished.get();
	}

}

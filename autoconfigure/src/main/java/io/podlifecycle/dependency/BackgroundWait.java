package io.podlifecycle.dependency;

import java.util.List;
import java.util.function.Supplier;

/**
 * A wait that goes on in the background. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class BackgroundWait implements AutoCloseable {

	private final List<Thread> threads;

	private final Supplier<List<DependencyOutcome>> missing;

	BackgroundWait(List<Thread> threads, Supplier<List<DependencyOutcome>> missing) {
		this.threads = threads;
		this.missing = missing;
	}

	/**
	 * Return what did not answer so far.
	 * @return the missing dependencies, empty once all have answered
	 */
	public List<DependencyOutcome> missing() {
		return this.missing.get();
	}

	/**
	 * End the tries. What is missing stays missing.
	 */
	@Override
	public void close() {
		this.threads.forEach(Thread::interrupt);
	}

}

package io.podlifecycle.dependency;

import java.util.List;
import java.util.function.Supplier;

/**
 * A wait that goes on in the background.
 */
final class BackgroundWait implements BackgroundTries {

	private final List<Thread> threads;

	private final Supplier<List<DependencyOutcome>> missing;

	BackgroundWait(List<Thread> threads, Supplier<List<DependencyOutcome>> missing) {
		this.threads = threads;
		this.missing = missing;
	}

	@Override
	public List<DependencyOutcome> missing() {
		return this.missing.get();
	}

	@Override
	public void close() {
		this.threads.forEach(Thread::interrupt);
	}

}

package io.podlifecycle.dependency;

import java.util.List;
import java.util.Map;

/**
 * A wait that goes on in the background.
 */
final class BackgroundWait implements DependencyMonitor {

	private final List<Thread> threads;

	private final DependencyWait wait;

	BackgroundWait(List<Thread> threads, DependencyWait wait) {
		this.threads = threads;
		this.wait = wait;
	}

	@Override
	public List<DependencyOutcome> missing() {
		return this.wait.missing();
	}

	@Override
	public Map<String, Boolean> answers() {
		return this.wait.answers();
	}

	@Override
	public List<DependencyOutcome> waits() {
		return this.wait.outcomes();
	}

	@Override
	public void close() {
		this.threads.forEach(Thread::interrupt);
	}

}

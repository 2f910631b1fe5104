package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

import io.podlifecycle.Internal;
import io.podlifecycle.time.DaemonThreads;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;

/**
 * The dependencies that are watched while the application runs, each by a daemon thread
 * of its own. Safe for use by several threads.
 *
 * @since 0.1.0
 */
@Internal
public final class DependencyWatches implements DependencyMonitor {

	private final List<DependencyWatch> watches;

	private final List<Thread> threads;

	private DependencyWatches(List<DependencyWatch> watches) {
		this.watches = watches;
		this.threads = watches.stream()
			.map((watch) -> DaemonThreads.create("watch-" + watch.outcome().dependency().name(), watch))
			.toList();
	}

	/**
	 * Begin to watch.
	 * @param dependencies what to watch
	 * @param ticker the source of time
	 * @param sleeper sleeps between tries
	 * @param random random numbers from 0 (inclusive) to 1 (exclusive) for the jitter,
	 * safe for use by several threads
	 * @param reminderInterval how often to tell the listener at first of what is missing
	 * @param listener is told what is lost and found
	 * @return what goes on, to be closed by the caller
	 */
	public static DependencyWatches start(List<WatchedDependency> dependencies, Ticker ticker, Sleeper sleeper,
			DoubleSupplier random, Duration reminderInterval, WatchListener listener) {
		DependencyWatches watches = new DependencyWatches(dependencies.stream()
			.map((dependency) -> new DependencyWatch(dependency, ticker, sleeper, random, reminderInterval, listener))
			.toList());
		watches.threads.forEach(Thread::start);
		return watches;
	}

	@Override
	public List<DependencyOutcome> missing() {
		return this.watches.stream()
			.filter(DependencyWatch::isMissing)
			.map(DependencyWatch::outcome)
			.filter((outcome) -> outcome.dependency().required())
			.toList();
	}

	@Override
	public Map<String, Boolean> answers() {
		Map<String, Boolean> answers = new LinkedHashMap<>();
		this.watches.forEach((watch) -> answers.put(watch.outcome().dependency().name(), !watch.isMissing()));
		return answers;
	}

	@Override
	public void close() {
		this.threads.forEach(Thread::interrupt);
	}

}

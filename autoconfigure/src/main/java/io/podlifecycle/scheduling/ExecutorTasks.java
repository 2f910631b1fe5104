package io.podlifecycle.scheduling;

import java.util.Map;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.podlifecycle.drain.Participant;

/**
 * The tasks of thread pools. The pools go on to accept tasks, since requests in flight
 * need them; what they run and what is queued is in flight until it is done. A task that
 * is scheduled for later is not.
 *
 * @since 0.1.0
 */
public final class ExecutorTasks implements Participant {

	private final Supplier<Map<String, ThreadPoolExecutor>> pools;

	private volatile Map<String, ThreadPoolExecutor> found = Map.of();

	/**
	 * Create a participant.
	 * @param pools returns the thread pools that there are when the shutdown begins, by
	 * name
	 */
	public ExecutorTasks(Supplier<Map<String, ThreadPoolExecutor>> pools) {
		this.pools = pools;
	}

	/**
	 * Return its name, and those of the pools that are busy.
	 * @return a few words
	 */
	@Override
	public String name() {
		String busy = this.found.entrySet()
			.stream()
			.filter((entry) -> tasks(entry.getValue()) > 0)
			.map(Map.Entry::getKey)
			.sorted()
			.collect(Collectors.joining(", "));
		return busy.isEmpty() ? "executors" : "executors " + busy;
	}

	@Override
	public void quiesce() {
		this.found = this.pools.get();
	}

	@Override
	public long inFlight() {
		return this.found.values().stream().mapToLong(ExecutorTasks::tasks).sum();
	}

	/**
	 * Looks at the queue first: a task that goes from there to a thread meanwhile is
	 * counted twice rather than not at all.
	 */
	private static long tasks(ThreadPoolExecutor pool) {
		long queued = (pool instanceof ScheduledThreadPoolExecutor)
				? pool.getQueue().stream().filter(ExecutorTasks::isDue).count() : pool.getQueue().size();
		return queued + pool.getActiveCount();
	}

	private static boolean isDue(Runnable task) {
		return task instanceof Delayed delayed && delayed.getDelay(TimeUnit.NANOSECONDS) <= 0;
	}

}

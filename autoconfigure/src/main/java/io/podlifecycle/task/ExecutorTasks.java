package io.podlifecycle.task;

import java.util.Map;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.podlifecycle.shutdown.Participant;

/**
 * The tasks of thread pools. The pools go on to accept tasks, since requests in flight
 * need them; what they run and what is queued is in flight until it is done.
 *
 * @since 0.1.0
 */
final class ExecutorTasks implements Participant {

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

	@Override
	public String name() {
		return "executors";
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
	 * Return the pools that are busy.
	 * @return their names
	 */
	@Override
	public String outcome() {
		return this.found.entrySet()
			.stream()
			.filter((entry) -> tasks(entry.getValue()) > 0)
			.map(Map.Entry::getKey)
			.sorted()
			.collect(Collectors.joining(", "));
	}

	/**
	 * Looks at the queue first: a task that goes from there to a thread meanwhile is
	 * counted twice rather than not at all.
	 */
	private static long tasks(ThreadPoolExecutor pool) {
		long queued = pool.getQueue().size();
		return queued + pool.getActiveCount();
	}

}

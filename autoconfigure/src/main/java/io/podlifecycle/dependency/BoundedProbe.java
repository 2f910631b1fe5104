package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Holds another probe to its time limit, whatever hangs in it: the look-up of a name,
 * which Java can neither bound nor interrupt, or a driver. A try that is not back in time
 * is interrupted and left to itself.
 */
final class BoundedProbe implements Probe {

	/** What a probe that keeps its limit may take to load its classes and to close. */
	private static final Duration MARGIN = Duration.ofMillis(500);

	/** Enough for one that never comes back, and few enough to be no leak. */
	private static final int MOST_THREADS = 4;

	/** Longer than most pauses between two tries, so that a wait has one thread. */
	private static final Duration IDLE_TIME = Duration.ofSeconds(1);

	private final Probe probe;

	private final ThreadPoolExecutor threads;

	BoundedProbe(String scheme, Probe probe) {
		this.probe = probe;
		this.threads = new ThreadPoolExecutor(0, MOST_THREADS, IDLE_TIME.toMillis(), TimeUnit.MILLISECONDS,
				new SynchronousQueue<>(), (task) -> ProbeThreads.create(task, "probe-" + scheme));
	}

	@Override
	public ProbeResult check(Duration timeLimit) throws Exception {
		Future<ProbeResult> check;
		try {
			check = this.threads.submit(() -> this.probe.check(timeLimit));
		}
		catch (RejectedExecutionException ex) {
			return ProbeResult.timedOut(MOST_THREADS + " tries hang");
		}
		try {
			return check.get(timeLimit.plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			return ProbeResult.timedOut("the try hangs; left it after " + timeLimit.toMillis() + " ms");
		}
		catch (ExecutionException ex) {
			throw failure(ex);
		}
		finally {
			check.cancel(true);
		}
	}

	private static Exception failure(ExecutionException failure) {
		if (failure.getCause() instanceof Error error) {
			throw error;
		}
		return (failure.getCause() instanceof Exception cause) ? cause : failure;
	}

}

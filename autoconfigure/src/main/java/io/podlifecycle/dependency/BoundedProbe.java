package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
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
	private static final int MOST_TRIES = 4;

	private final Probe probe;

	private final Executor threads;

	private final Semaphore tries = new Semaphore(MOST_TRIES);

	/**
	 * Bound a probe.
	 * @param probe what to bound
	 * @param threads make the tries, each at once
	 */
	BoundedProbe(Probe probe, Executor threads) {
		this.probe = probe;
		this.threads = threads;
	}

	@Override
	public ProbeResult check(Duration timeLimit) throws Exception {
		if (!this.tries.tryAcquire()) {
			return ProbeResult.timedOut(MOST_TRIES + " tries hang");
		}
		FutureTask<ProbeResult> check = new FutureTask<>(() -> this.probe.check(timeLimit));
		this.threads.execute(() -> run(check));
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

	/** Also of one that was left before it began. */
	private void run(FutureTask<ProbeResult> check) {
		try {
			check.run();
		}
		finally {
			this.tries.release();
		}
	}

	private static Exception failure(ExecutionException failure) {
		if (failure.getCause() instanceof Error error) {
			throw error;
		}
		return (failure.getCause() instanceof Exception cause) ? cause : failure;
	}

}

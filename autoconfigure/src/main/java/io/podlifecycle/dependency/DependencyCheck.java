package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;

/**
 * Tries one dependency until it answers, its time is over or the thread is interrupted.
 */
final class DependencyCheck implements Runnable {

	private final Dependency dependency;

	private final Pace pace;

	private final Ticker ticker;

	private final Sleeper sleeper;

	private final DoubleSupplier random;

	private final Consumer<DependencyOutcome> listener;

	private volatile DependencyOutcome outcome;

	DependencyCheck(Dependency dependency, Pace pace, Ticker ticker, Sleeper sleeper, DoubleSupplier random,
			Consumer<DependencyOutcome> listener) {
		this.dependency = dependency;
		this.pace = pace;
		this.ticker = ticker;
		this.sleeper = sleeper;
		this.random = random;
		this.listener = listener;
		this.outcome = DependencyOutcome.notTried(dependency);
	}

	DependencyOutcome outcome() {
		return this.outcome;
	}

	@Override
	public void run() {
		Stopwatch stopwatch = Stopwatch.start(this.ticker);
		Deadline deadline = Deadline.after(this.dependency.timeout(), this.ticker);
		int refusals = 0;
		while (!deadline.isOver()) {
			int answers = this.pace.answers();
			ProbeResult result = this.dependency.tryOnce(deadline.limit(this.dependency.probeTimeout()));
			if (Thread.currentThread().isInterrupted()) {
				return;
			}
			this.outcome = this.outcome.tried(result, stopwatch.elapsed());
			this.listener.accept(this.outcome);
			if (this.outcome.isAnswered()) {
				return;
			}
			refusals = (result.status() == ProbeResult.Status.ABSENT) ? 0 : refusals + 1;
			if (!pause(refusals, answers, deadline)) {
				return;
			}
		}
		this.outcome = this.outcome.givenUp();
	}

	/** Whom nobody waits for takes no turn from those who are waited for. */
	private boolean pause(int refusals, int answers, Deadline deadline) {
		double random = this.random.getAsDouble();
		if (refusals == 0 && this.dependency.required()) {
			return this.pace.awaitTurn(random, answers, deadline);
		}
		Duration pause = this.dependency.backoff().pauseAfter(Math.max(1, refusals), random);
		return this.sleeper.sleepUnlessInterrupted(deadline.limit(pause));
	}

}

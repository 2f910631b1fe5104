package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.time.WakeupSignal;

/**
 * Tries one dependency until it answers, its time is over or the thread is interrupted.
 */
final class DependencyCheck implements Runnable {

	private final Dependency dependency;

	private final PollingSchedule schedule;

	private final Ticker ticker;

	private final Sleeper sleeper;

	private final DoubleSupplier random;

	private final Consumer<DependencyOutcome> listener;

	private final WakeupSignal wakeup;

	private final RefusalBackoff refusals = new RefusalBackoff();

	private volatile DependencyOutcome outcome;

	DependencyCheck(Dependency dependency, PollingSchedule schedule, Ticker ticker, Sleeper sleeper,
			DoubleSupplier random, Consumer<DependencyOutcome> listener, WakeupSignal wakeup) {
		this.dependency = dependency;
		this.schedule = schedule;
		this.ticker = ticker;
		this.sleeper = sleeper;
		this.random = random;
		this.listener = listener;
		this.wakeup = wakeup;
		this.outcome = DependencyOutcome.notTried(dependency);
	}

	DependencyOutcome outcome() {
		return this.outcome;
	}

	@Override
	public void run() {
		Stopwatch stopwatch = Stopwatch.start(this.ticker);
		Deadline deadline = Deadline.after(this.dependency.timeout(), this.ticker);
		int rejections = 0;
		while (!deadline.isOver()) {
			int answers = this.schedule.answers();
			ProbeResult result = this.dependency.tryOnce(deadline.limit(this.dependency.probeTimeout()));
			if (Thread.currentThread().isInterrupted()) {
				return;
			}
			conclude(this.outcome.tried(result, stopwatch.elapsed()));
			if (this.outcome.isAnswered()) {
				return;
			}
			boolean refused = this.refusals.isRefused(result);
			rejections = (refused || result.status() == ProbeResult.Status.ABSENT) ? 0 : rejections + 1;
			if (!(refused ? pauseAfterRefusal(deadline) : pause(rejections, answers, deadline))) {
				return;
			}
		}
		this.outcome = this.outcome.givenUp();
	}

	/**
	 * Told before it counts: once it does, whoever waits for it goes on, and may end this
	 * thread.
	 */
	private void conclude(DependencyOutcome next) {
		try {
			this.listener.accept(next);
		}
		finally {
			this.outcome = next;
			if (next.isAnswered() || next.isRefused() || next.attempts() == 1) {
				// To wake the waiting thread for nothing would cost more than the try.
				this.wakeup.wake();
			}
		}
	}

	private boolean pauseAfterRefusal(Deadline deadline) {
		Duration pause = this.refusals.pause(this.random.getAsDouble());
		return this.sleeper.sleepUnlessInterrupted(deadline.limit(pause));
	}

	/** Whom nobody waits for takes no turn from those who are waited for. */
	private boolean pause(int rejections, int answers, Deadline deadline) {
		double random = this.random.getAsDouble();
		if (rejections == 0 && this.dependency.required()) {
			return this.schedule.awaitTurn(random, answers, deadline);
		}
		Duration pause = this.dependency.backoff().pauseAfter(Math.max(1, rejections), random);
		return this.sleeper.sleepUnlessInterrupted(deadline.limit(pause));
	}

}

package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.function.DoubleSupplier;

import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;

/**
 * Tries one dependency now and then until the thread is interrupted. It takes several
 * failures to lose it and, if so chosen, several successes to find it again, so that one
 * bad answer does not take the application out of its Service.
 */
final class DependencyWatch implements Runnable {

	/** The part of a period that is added at random, so that pods do not try in step. */
	private static final double JITTER = 0.1;

	private final WatchedDependency watched;

	private final Ticker ticker;

	private final Sleeper sleeper;

	private final DoubleSupplier random;

	private final WatchListener listener;

	private final Duration reminderInterval;

	private final RefusalBackoff refusals = new RefusalBackoff();

	private volatile boolean found;

	private volatile DependencyOutcome outcome;

	private int inARow;

	DependencyWatch(WatchedDependency watched, Ticker ticker, Sleeper sleeper, DoubleSupplier random,
			Duration reminderInterval, WatchListener listener) {
		this.watched = watched;
		this.ticker = ticker;
		this.sleeper = sleeper;
		this.random = random;
		this.listener = listener;
		this.reminderInterval = reminderInterval;
		this.found = watched.gate().isAwaited();
		this.outcome = DependencyOutcome.notTried(watched.dependency());
	}

	/** Whether it holds up readiness. */
	boolean isMissing() {
		return !this.found;
	}

	DependencyOutcome outcome() {
		return this.outcome;
	}

	@Override
	public void run() {
		Stopwatch stopwatch = Stopwatch.start(this.ticker);
		Reminder reminder = newReminder();
		ProbeResult result;
		do {
			result = this.watched.dependency().tryOnce(this.watched.dependency().probeTimeout());
			if (Thread.currentThread().isInterrupted()) {
				return;
			}
			this.outcome = this.outcome.tried(result, stopwatch.elapsed());
			if (count(this.outcome.isAnswered())) {
				reminder = newReminder();
			}
			else if (isMissing() && reminder.isDue()) {
				this.listener.stillMissing(this.outcome, reminder.elapsed());
			}
		}
		while (this.sleeper.sleepUnlessInterrupted(pause(result)));
	}

	private Reminder newReminder() {
		return new Reminder(this.reminderInterval, this.ticker);
	}

	/** Return whether it was lost or found now. */
	private boolean count(boolean answered) {
		this.inARow = (answered != this.found) ? this.inARow + 1 : 0;
		if (this.inARow < (answered ? this.watched.successes() : this.watched.failures())) {
			return false;
		}
		this.inARow = 0;
		this.found = answered;
		tell();
		return true;
	}

	private void tell() {
		if (this.found) {
			this.listener.found(this.outcome);
		}
		else {
			this.listener.lost(this.outcome);
		}
	}

	private Duration pause(ProbeResult result) {
		double random = this.random.getAsDouble();
		Duration period = Duration.ofNanos((long) (this.watched.period().toNanos() * (1 + JITTER * random)));
		Duration pause = this.refusals.isRefused(result) ? this.refusals.pause(random) : period;
		return (pause.compareTo(period) > 0) ? pause : period;
	}

}

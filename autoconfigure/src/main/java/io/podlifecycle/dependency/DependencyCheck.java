package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;

import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;

/**
 * Tries one dependency until it answers, its time is over or the thread is interrupted.
 */
final class DependencyCheck implements Runnable {

	/**
	 * The pace while nothing is there: 60 ms and up to half of it more at random. A
	 * refused connection or an unknown name costs the network a packet or two.
	 */
	private static final Backoff WHILE_ABSENT = new Backoff(Duration.ofMillis(60), 1, Duration.ofMillis(60), 0.5);

	/** What each other one that is still to answer adds to a pause, in percent of it. */
	private static final int SLOWDOWN = 15;

	/** With so many others the pace is the slowest that hardly shows. */
	private static final int MANY = 4;

	/** With more than these the tries alone would keep a machine busy. */
	private static final int TOO_MANY = 100;

	private final Dependency dependency;

	private final IntSupplier pending;

	private final Ticker ticker;

	private final Sleeper sleeper;

	private final DoubleSupplier random;

	private final Consumer<DependencyOutcome> listener;

	private volatile DependencyOutcome outcome;

	DependencyCheck(Dependency dependency, IntSupplier pending, Ticker ticker, Sleeper sleeper, DoubleSupplier random,
			Consumer<DependencyOutcome> listener) {
		this.dependency = dependency;
		this.pending = pending;
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
			ProbeResult result = this.dependency.tryOnce(shorter(this.dependency.probeTimeout(), deadline.remaining()));
			if (Thread.currentThread().isInterrupted()) {
				return;
			}
			this.outcome = this.outcome.tried(result, stopwatch.elapsed());
			this.listener.accept(this.outcome);
			if (this.outcome.isAnswered()) {
				return;
			}
			refusals = (result.status() == ProbeResult.Status.ABSENT) ? 0 : refusals + 1;
			if (!this.sleeper.sleepUnlessInterrupted(shorter(pauseAfter(refusals), deadline.remaining()))) {
				return;
			}
		}
		this.outcome = this.outcome.givenUp();
	}

	private Duration pauseAfter(int refusals) {
		double random = this.random.getAsDouble();
		return (refusals == 0) ? slowedDown(WHILE_ABSENT.pauseAfter(1, random))
				: this.dependency.backoff().pauseAfter(refusals, random);
	}

	/**
	 * The wait ends with the last one that answers, so that only the last has to be tried
	 * at the full pace; five or more wait 1.6 times as long. Counted in nanoseconds: to
	 * multiply a {@link Duration} takes big decimals, which shows in a JVM that has just
	 * started.
	 */
	private Duration slowedDown(Duration pause) {
		int others = Math.max(0, this.pending.getAsInt() - 1);
		int percent = 100 + SLOWDOWN * Math.min(others, MANY);
		return Duration.ofNanos(pause.toNanos() / 100 * percent * (1 + others / TOO_MANY));
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

}

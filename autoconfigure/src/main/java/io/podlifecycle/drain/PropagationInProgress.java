package io.podlifecycle.drain;

import java.time.Duration;

import io.podlifecycle.drain.DrainReport.Propagation;
import io.podlifecycle.drain.PropagationDelay.Verdict;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;

/**
 * A propagation delay while it lasts. Used by one thread.
 */
final class PropagationInProgress implements PropagationWatch {

	private final PropagationDelay delay;

	private final Duration alreadyOver;

	private final Traffic traffic;

	private final double rateBefore;

	private final Stopwatch stopwatch;

	private Verdict verdict = Verdict.GOES_ON;

	PropagationInProgress(PropagationDelay delay, Duration alreadyOver, Traffic traffic, Ticker ticker) {
		this.delay = delay;
		this.alreadyOver = alreadyOver;
		this.traffic = traffic;
		this.rateBefore = traffic.ratePerSecond();
		this.stopwatch = Stopwatch.start(ticker);
	}

	@Override
	public boolean isOver() {
		Duration elapsed = this.stopwatch.elapsed().plus(this.alreadyOver);
		this.verdict = this.delay.judge(elapsed, this.traffic.quietFor(), this.rateBefore);
		return this.verdict != Verdict.GOES_ON;
	}

	@Override
	public Propagation outcome() {
		return switch (this.verdict) {
			case QUIET -> Propagation.QUIET;
			case CAP -> Propagation.CAP;
			case GOES_ON -> Propagation.CUT_SHORT;
		};
	}

}

package io.podlifecycle.drain;

import java.time.Duration;

import io.podlifecycle.time.Deadline;

/**
 * The one run of a shutdown: quiesce, propagate, drain. Used by one thread.
 */
final class ShutdownRun {

	/** After a preStop hook SIGTERM follows at once, if it follows at all. */
	private static final Duration SIGTERM_TIMEOUT = Duration.ofSeconds(10);

	/** Ample for the few frames and flags of which a farewell consists. */
	private static final Duration FAREWELL_TIMEOUT = Duration.ofMillis(500);

	private final ShutdownCause cause;

	private final boolean delayed;

	private final ShutdownMeans means;

	private final ShutdownProgress progress;

	private final ReportInProgress report;

	private final Deadline drainDeadline;

	private final Deadline quiesceDeadline;

	private final Farewell farewell;

	private boolean lookedDrained;

	ShutdownRun(ShutdownCause cause, boolean delayed, ShutdownMeans means, ShutdownProgress progress) {
		this.cause = cause;
		this.delayed = delayed;
		this.means = means;
		this.progress = progress;
		this.report = new ReportInProgress(cause, means.work(), means.participants(), means.ticker());
		this.drainDeadline = Deadline.after(means.settings().budget().untilClose(), means.ticker());
		this.quiesceDeadline = this.drainDeadline.orAfter(means.settings().quiesceTimeout());
		this.farewell = means.participants().farewell(means.ticker());
	}

	void run() {
		Steps quiesce = quiesce();
		if (this.delayed) {
			propagate();
		}
		refuseReadiness(RefuseReadiness.AFTER_PROPAGATION);
		this.progress.propagated();
		if (this.cause == ShutdownCause.PRE_STOP) {
			awaitSigterm();
		}
		Steps drain = drain(quiesce);
		giveUp(quiesce);
		giveUp(drain);
		giveUp(lastRoundOfFarewell());
		this.report.attempt("listener", () -> this.means.listener().drained(this.report.soFar()));
	}

	private Steps quiesce() {
		this.progress.quiescing(this.report);
		refuseReadiness(RefuseReadiness.IMMEDIATELY);
		this.report.attempt("listener", () -> this.means.listener().quiescing(this.report.soFar()));
		return this.means.participants().quiesce();
	}

	private void refuseReadiness(RefuseReadiness now) {
		if (this.means.settings().refuseReadiness() == now) {
			this.report.attempt("readiness", this.means.readiness()::refuse);
		}
	}

	private void propagate() {
		this.report.begin(Phase.PROPAGATION);
		PropagationInProgress propagation = new PropagationInProgress(this.means.settings(),
				this.means.work().traffic(), this.means.ticker());
		this.means.poller().await(() -> {
			this.farewell.sayIfDue();
			return propagation.isOver() || this.progress.isHurried();
		}, this.drainDeadline);
		this.report.propagated(propagation.outcome());
		this.report.end();
	}

	/** The kubelet sends it when its preStop hook has been answered. */
	private void awaitSigterm() {
		this.report.begin(Phase.AWAIT_SIGTERM);
		this.means.poller()
			.await(() -> this.progress.isTerminated() || this.progress.isHurried(),
					this.drainDeadline.orAfter(SIGTERM_TIMEOUT));
		this.report.end();
	}

	private Steps drain(Steps quiesce) {
		this.progress.draining();
		this.report.attempt("listener", () -> this.means.listener().draining(this.report.soFar()));
		this.report.begin(Phase.DRAIN);
		Deadline deadline = this.drainDeadline.orAfter(this.means.settings().budget().drainTimeout());
		Steps drain = this.means.participants().drain();
		if (this.delayed) {
			letClientsLeave(deadline);
		}
		this.means.poller().await(() -> isDrained(quiesce, drain) || this.progress.isHurried(), deadline);
		this.report.end();
		return drain;
	}

	/**
	 * Where clients were told to leave, wait for them: closing a connection could cross a
	 * request.
	 */
	private void letClientsLeave(Deadline deadline) {
		this.means.poller().await(() -> {
			this.farewell.sayIfDue();
			return (isIdle() && this.means.participants().openConnections() == 0) || this.progress.isHurried();
		}, deadline.orAfter(this.means.settings().connectionLinger()));
	}

	/**
	 * Two looks in a row: between its queue and its thread a task is nowhere for a
	 * moment, and one look could fall into it.
	 */
	private boolean isDrained(Steps quiesce, Steps drain) {
		boolean looksDrained = isQuiet(quiesce) && drain.areOver() && isIdle();
		boolean drained = looksDrained && this.lookedDrained;
		this.lookedDrained = looksDrained;
		if (drained) {
			this.report.idle();
		}
		return drained;
	}

	private boolean isQuiet(Steps quiesce) {
		return quiesce.areOver() || this.quiesceDeadline.isOver();
	}

	private boolean isIdle() {
		return this.means.work().inFlight().count() == 0 && this.means.participants().areIdle();
	}

	/** One that has only just begun does not hang. */
	private Steps lastRoundOfFarewell() {
		Steps round = this.farewell.lastRound();
		this.means.poller()
			.await(() -> round.areOver() || this.progress.isHurried(), this.drainDeadline.orAfter(FAREWELL_TIMEOUT));
		return round;
	}

	private void giveUp(Steps steps) {
		this.report.problems(steps.problems());
		steps.interrupt();
	}

}

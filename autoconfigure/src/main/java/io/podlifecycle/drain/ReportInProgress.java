package io.podlifecycle.drain;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.podlifecycle.drain.DrainReport.Propagation;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;

/**
 * A report while it is written. Used by one thread.
 */
final class ReportInProgress {

	/** A report is read by people. */
	private static final int MOST_NAMED = 20;

	private final ShutdownCause cause;

	private final long inFlightAtStart;

	private final Traffic traffic;

	private final long arrivedBefore;

	private final Ticker ticker;

	private final List<String> problems = new CopyOnWriteArrayList<>();

	private Stopwatch stopwatch;

	private Propagation propagation = Propagation.SKIPPED;

	private Duration propagationTime = Duration.ZERO;

	private Duration drainTime = Duration.ZERO;

	private long cutOff;

	private List<WorkSnapshot> oldestCutOff = List.of();

	private List<ParticipantLoad> participants = List.of();

	private long connectionsLeft;

	ReportInProgress(ShutdownCause cause, long inFlight, Traffic traffic, Ticker ticker) {
		this.cause = cause;
		this.inFlightAtStart = inFlight;
		this.traffic = traffic;
		this.arrivedBefore = traffic.total();
		this.ticker = ticker;
		this.stopwatch = Stopwatch.start(ticker);
	}

	/** One part that fails must not keep the others from their turn. */
	void attempt(String part, Runnable action) {
		try {
			action.run();
		}
		catch (RuntimeException | LinkageError ex) {
			this.problems.add(part + " failed: " + ex);
		}
	}

	void propagated(Propagation propagation) {
		this.propagation = propagation;
		this.propagationTime = this.stopwatch.elapsed();
		this.stopwatch = Stopwatch.start(this.ticker);
	}

	void problems(List<String> problems) {
		this.problems.addAll(problems);
	}

	void drained(InFlight inFlight, Participants participants) {
		this.drainTime = this.stopwatch.elapsed();
		this.cutOff = inFlight.count();
		this.oldestCutOff = inFlight.oldest(MOST_NAMED);
		this.participants = participants.load();
		this.connectionsLeft = participants.openConnections();
	}

	DrainReport soFar() {
		return new DrainReport(this.cause, this.propagation, this.propagationTime, this.drainTime, this.inFlightAtStart,
				this.traffic.total() - this.arrivedBefore, this.cutOff, this.oldestCutOff, this.participants,
				this.connectionsLeft, this.problems);
	}

}

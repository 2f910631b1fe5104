package io.podlifecycle.drain;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.podlifecycle.drain.DrainReport.Propagation;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * A report while it is written. Written by one thread, read by any.
 */
final class ReportInProgress {

	/** A report is read by people. */
	private static final int MOST_NAMED = 20;

	private final ShutdownCause cause;

	private final ObservedWork work;

	private final Participants participants;

	private final long inFlightAtStart;

	private final long arrivedBefore;

	private final long connectionsAtStart;

	private final Stopwatch stopwatch;

	private final List<PhaseTime> phases = new CopyOnWriteArrayList<>();

	private final List<String> problems = new CopyOnWriteArrayList<>();

	private volatile Propagation propagation = Propagation.SKIPPED;

	private volatile @Nullable PhaseTime current;

	private volatile boolean idle;

	ReportInProgress(ShutdownCause cause, ObservedWork work, Participants participants, Ticker ticker) {
		this.cause = cause;
		this.work = work;
		this.participants = participants;
		this.inFlightAtStart = work.inFlight().count();
		this.arrivedBefore = work.traffic().total();
		this.connectionsAtStart = participants.openConnections();
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

	void problems(List<String> problems) {
		this.problems.addAll(problems);
	}

	void begin(Phase phase) {
		this.current = new PhaseTime(phase, this.stopwatch.elapsed(), Duration.ZERO);
	}

	void end() {
		this.phases.addAll(running().toList());
		this.current = null;
	}

	void propagated(Propagation propagation) {
		this.propagation = propagation;
	}

	/** What begins after that is not work of the drain: the server may still serve it. */
	void idle() {
		this.idle = true;
	}

	private Stream<PhaseTime> running() {
		return Stream.ofNullable(this.current)
			.map((time) -> new PhaseTime(time.phase(), time.begin(), this.stopwatch.elapsed().minus(time.begin())));
	}

	DrainReport soFar() {
		return new DrainReport(this.cause, this.propagation, Stream.concat(this.phases.stream(), running()).toList(),
				totals(), this.connectionsAtStart, this.participants.openConnections(), this.participants.load(),
				this.problems);
	}

	private WorkTotals totals() {
		long arrived = this.work.traffic().total() - this.arrivedBefore;
		return this.idle ? new WorkTotals(this.inFlightAtStart, arrived, 0, List.of()) : new WorkTotals(
				this.inFlightAtStart, arrived, this.work.inFlight().count(), this.work.inFlight().oldest(MOST_NAMED));
	}

}

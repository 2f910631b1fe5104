package io.podlifecycle.drain;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.podlifecycle.drain.DrainReport.Propagation;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * A report while it is written. Written by one thread, read by any.
 *
 * @since 0.1.0
 */
public final class ReportInProgress {

	/** A report is read by people. */
	private static final int MOST_NAMED = 20;

	private final Trigger cause;

	private final ObservedWork work;

	private final Participants participants;

	private final ParticipantLoads loads;

	private final long inFlightAtStart;

	private final long arrivedBefore;

	private final long connectionsAtStart;

	private final Stopwatch stopwatch;

	private final List<PhaseTime> phases = new CopyOnWriteArrayList<>();

	private final List<String> problems = new CopyOnWriteArrayList<>();

	private volatile Propagation propagation = Propagation.SKIPPED;

	private volatile @Nullable PhaseTime current;

	private volatile boolean idle;

	/**
	 * Begin a report.
	 * @param cause what has triggered the shutdown
	 * @param work what the application is doing for others
	 * @param participants count connections
	 * @param loads tells what participants have in flight
	 * @param ticker the source of time
	 */
	public ReportInProgress(Trigger cause, ObservedWork work, Participants participants, ParticipantLoads loads,
			Ticker ticker) {
		this.cause = cause;
		this.work = work;
		this.participants = participants;
		this.loads = loads;
		this.inFlightAtStart = work.inFlight().count();
		this.arrivedBefore = work.traffic().total();
		this.connectionsAtStart = participants.openConnections();
		this.stopwatch = Stopwatch.start(ticker);
	}

	/**
	 * Do one part of a shutdown, with which its phase ends. If it fails, it is skipped
	 * and reported.
	 * @param part what it is
	 * @param action what to do
	 */
	public void attempt(String part, Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			this.problems.add(part + " failed: " + ex);
		}
		this.phases.addAll(running().toList());
		this.current = null;
	}

	/**
	 * Add problems.
	 * @param problems a line each
	 */
	public void problems(List<String> problems) {
		this.problems.addAll(problems);
	}

	/**
	 * Begin a phase.
	 * @param phase the phase
	 */
	public void begin(Phase phase) {
		this.current = new PhaseTime(phase, this.stopwatch.elapsed(), Duration.ZERO);
	}

	/**
	 * Note how the propagation delay has ended.
	 * @param propagation the outcome
	 */
	public void propagated(Propagation propagation) {
		this.propagation = propagation;
	}

	/**
	 * Note whether the drain has found nothing in flight. What begins after that is not
	 * work of the drain: the server may still serve it.
	 * @param idle whether it has
	 */
	public void idle(boolean idle) {
		this.idle = idle;
	}

	private Stream<PhaseTime> running() {
		return Stream.ofNullable(this.current)
			.map((time) -> new PhaseTime(time.phase(), time.begin(), this.stopwatch.elapsed().minus(time.begin())));
	}

	/**
	 * Return the report so far.
	 * @return a snapshot
	 */
	public DrainReport soFar() {
		return new DrainReport(this.cause, this.propagation, Stream.concat(this.phases.stream(), running()).toList(),
				totals(), this.connectionsAtStart, this.participants.openConnections(), this.loads.last(),
				this.problems);
	}

	private WorkTotals totals() {
		long arrived = this.work.traffic().total() - this.arrivedBefore;
		return this.idle ? new WorkTotals(this.inFlightAtStart, arrived, 0, List.of()) : new WorkTotals(
				this.inFlightAtStart, arrived, this.work.inFlight().count(), this.work.inFlight().oldest(MOST_NAMED));
	}

}

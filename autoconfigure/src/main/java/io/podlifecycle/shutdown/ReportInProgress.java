package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.podlifecycle.report.Phase;
import io.podlifecycle.report.Propagation;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.ShutdownReport.PeerTotals;
import io.podlifecycle.report.ShutdownReport.PhaseTime;
import io.podlifecycle.report.ShutdownReport.Problem;
import io.podlifecycle.report.ShutdownReport.Status;
import io.podlifecycle.report.ShutdownReport.WorkTotals;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Poller;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.work.ObservedWork;

/**
 * A report while it is written. Written by one thread, read by any.
 *
 * @since 0.1.0
 */
final class ReportInProgress {

	/** A report is read by people. */
	private static final int MOST_NAMED = 20;

	private static final long NOT_COUNTED = -1;

	private final Trigger trigger;

	private final ObservedWork work;

	private final Participants participants;

	private final ParticipantLoads loads;

	private final long inFlightAtStart;

	private final long arrivedBefore;

	private final long connectionsAtStart;

	private final Stopwatch sinceTrigger;

	/** Each ends when the next one begins. */
	private final List<PhaseTime> begun = new CopyOnWriteArrayList<>(
			List.of(new PhaseTime(Phase.QUIESCE, Duration.ZERO, Duration.ZERO)));

	private final List<Problem> problems = new CopyOnWriteArrayList<>();

	private volatile Propagation propagation = Propagation.UNDECIDED;

	private volatile PeerTotals peers = PeerTotals.NONE;

	private volatile long connectionsLeft = NOT_COUNTED;

	private volatile boolean idle;

	/**
	 * Begin a report.
	 * @param trigger what has triggered the shutdown
	 * @param work what the application is doing for others
	 * @param participants count connections
	 * @param loads tells what participants have in flight
	 * @param sinceTrigger measures the time since the trigger
	 */
	public ReportInProgress(Trigger trigger, ObservedWork work, Participants participants, ParticipantLoads loads,
			Stopwatch sinceTrigger) {
		this.trigger = trigger;
		this.work = work;
		this.participants = participants;
		this.loads = loads;
		this.inFlightAtStart = work.inFlight().count();
		this.arrivedBefore = work.traffic().total();
		this.connectionsAtStart = participants.openConnections();
		this.sinceTrigger = sinceTrigger;
	}

	/**
	 * Do one part of a shutdown. If it fails, it is skipped and reported.
	 * @param part what it is
	 * @param action what to do
	 */
	public void attempt(String part, Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			this.problems.add(new Problem(part, "failed: " + ex));
		}
	}

	/**
	 * Add problems.
	 * @param problems what failed or did not end
	 */
	public void problems(List<Problem> problems) {
		this.problems.addAll(problems);
	}

	/**
	 * Begin a phase, with which the last one ends. The first one begins with the trigger.
	 * @param phase the phase
	 */
	public void begin(Phase phase) {
		if (phase == Phase.PROPAGATION) {
			this.propagation = Propagation.IN_PROGRESS;
		}
		if (phase == Phase.CLOSE) {
			this.connectionsLeft = this.participants.openConnections();
		}
		if (phase != Phase.QUIESCE) {
			this.begun.add(new PhaseTime(phase, elapsed(), Duration.ZERO));
		}
	}

	/**
	 * Note what becomes of the propagation delay.
	 * @param propagation the outcome so far
	 * @return the same
	 */
	public Propagation propagation(Propagation propagation) {
		this.propagation = propagation;
		return propagation;
	}

	/**
	 * Note who sends requests.
	 * @param peers the peers so far
	 */
	public void peers(PeerTotals peers) {
		this.peers = peers;
	}

	/**
	 * Note that the propagation delay is over, even if its rule has not ended it.
	 * @param aborted whether a further signal ends every wait
	 */
	public void propagationEnded(boolean aborted) {
		if (this.propagation == Propagation.IN_PROGRESS) {
			this.propagation = aborted ? Propagation.ABORTED : Propagation.DEADLINE;
		}
	}

	/**
	 * Note whether the drain has found nothing in flight. What begins after that is not
	 * work of the drain: the server may still serve it.
	 * @param idle whether it has
	 * @return the same
	 */
	public boolean idle(boolean idle) {
		this.idle = idle;
		return idle;
	}

	/**
	 * Count once more what participants have left that were busy at the end of the drain.
	 * @param poller looks for their answers
	 * @param limit the end of the wait for them
	 */
	void countLeftWork(Poller poller, Deadline limit) {
		this.loads.askBusyOnes();
		poller.await(this.loads::haveAnswered, limit);
	}

	/**
	 * Return the report so far.
	 * @return a snapshot
	 */
	public ShutdownReport soFar() {
		// In this order, so that none begins after now.
		List<PhaseTime> phases = new ArrayList<>(this.begun);
		Duration now = elapsed();
		endEach(phases, now);
		long left = this.connectionsLeft;
		return new ShutdownReport(this.trigger, Status.IN_PROGRESS, null, now, this.propagation, phases, this.peers,
				totals(), this.connectionsAtStart, (left != NOT_COUNTED) ? left : this.participants.openConnections(),
				this.loads.last(), this.problems, List.of());
	}

	/** To the millisecond, so that what is written with so many digits adds up. */
	private Duration elapsed() {
		return Duration.ofMillis(this.sinceTrigger.elapsed().toMillis());
	}

	private static void endEach(List<PhaseTime> phases, Duration now) {
		Duration end = now;
		for (int i = phases.size() - 1; i >= 0; i--) {
			PhaseTime time = phases.get(i);
			phases.set(i, new PhaseTime(time.phase(), time.begin(), end.minus(time.begin())));
			end = time.begin();
		}
	}

	private WorkTotals totals() {
		long arrived = this.work.traffic().total() - this.arrivedBefore;
		return this.idle ? new WorkTotals(this.inFlightAtStart, arrived, 0, List.of()) : new WorkTotals(
				this.inFlightAtStart, arrived, this.work.inFlight().count(), this.work.inFlight().oldest(MOST_NAMED));
	}

}

package io.podlifecycle.report;

import java.time.Duration;
import java.util.List;

import io.podlifecycle.report.ShutdownReport.Hang;
import io.podlifecycle.report.ShutdownReport.Hang.Kind;
import io.podlifecycle.report.ShutdownReport.ParticipantLoad;
import io.podlifecycle.report.ShutdownReport.PeerActivity;
import io.podlifecycle.report.ShutdownReport.PeerTotals;
import io.podlifecycle.report.ShutdownReport.PhaseTime;
import io.podlifecycle.report.ShutdownReport.Problem;
import io.podlifecycle.report.ShutdownReport.Status;
import io.podlifecycle.report.ShutdownReport.WorkSnapshot;
import io.podlifecycle.report.ShutdownReport.WorkTotals;

/**
 * A report with something of everything.
 */
public final class Reports {

	private Reports() {
	}

	/**
	 * Return a report during the drain, or after it.
	 * @param status the status
	 * @return the report
	 */
	public static ShutdownReport of(Status status) {
		List<PhaseTime> phases = List.of(new PhaseTime(Phase.QUIESCE, Duration.ZERO, Duration.ofMillis(12)),
				new PhaseTime(Phase.PROPAGATION, Duration.ofMillis(12), Duration.ofSeconds(5)),
				new PhaseTime(Phase.DRAIN, Duration.ofMillis(5012), Duration.ofMillis(250)));
		List<WorkSnapshot> oldest = List
			.of(new WorkSnapshot("GET /slow", Duration.ofSeconds(23), List.of("Slow.get(Slow.java:12)", "next")));
		List<ParticipantLoad> participants = List.of(new ParticipantLoad("kafka", 3),
				new ParticipantLoad("streams", 0, 2, "7 ended, 2 cut off"), new ParticipantLoad("idle", 0));
		boolean overdue = status == Status.OVERDUE;
		Integer exitCode = (status == Status.IN_PROGRESS) ? null : overdue ? 70 : 143;
		return new ShutdownReport(Trigger.PRE_STOP, status, exitCode, Duration.ofMillis(5262), Propagation.QUIET,
				phases,
				new PeerTotals(3, 1,
						List.of(new PeerActivity("192.0.2.7", Duration.ofMillis(1250), Duration.ofSeconds(7)))),
				new WorkTotals(3, 120, 1, oldest), 12, 2, participants,
				List.of(new Problem("pre-stop task lease", "does not end")), overdue
						? List.of(new Hang(Kind.BEAN_STOP, "one", 4711, "main", List.of("One.stop(One.java:1)")),
								new Hang(Kind.APPLICATION_START, null, null, "main", List.of("a", "b", "c", "d")))
						: List.of());
	}

}

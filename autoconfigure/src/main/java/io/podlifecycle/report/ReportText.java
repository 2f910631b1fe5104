package io.podlifecycle.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.podlifecycle.Internal;
import io.podlifecycle.report.ShutdownReport.ParticipantLoad;
import io.podlifecycle.report.ShutdownReport.PeerTotals;
import io.podlifecycle.report.ShutdownReport.PhaseTime;
import io.podlifecycle.report.ShutdownReport.Status;
import io.podlifecycle.report.ShutdownReport.WorkSnapshot;
import io.podlifecycle.report.ShutdownReport.WorkTotals;
import io.podlifecycle.time.DurationText;

/**
 * A report in words, the most important first.
 *
 * @since 0.1.0
 */
@Internal
public final class ReportText {

	private ReportText() {
	}

	/**
	 * Write a report.
	 * @param report the report
	 * @return its lines; the first sums up
	 */
	public static List<String> lines(ShutdownReport report) {
		List<String> lines = new ArrayList<>();
		lines.add(headline(report));
		report.hanging().forEach((hang) -> lines.add("hangs: " + hang));
		lines.add(work(report));
		report.problems().forEach((problem) -> lines.add("problem: " + problem));
		lines.add("phases: " + report.phases().stream().map((time) -> phase(time, report)).collect(Collectors.joining())
				+ report.propagation());
		if (report.propagation().hasBegun()) {
			lines.add("peers: " + peers(report.peers()));
		}
		lines.add("connections: " + report.connectionsAtStart() + " at the start, " + report.connectionsLeft()
				+ " left open");
		report.participants()
			.stream()
			.filter(ParticipantLoad::isWorthReporting)
			.forEach((participant) -> lines.add("participant: " + participant(participant)));
		report.work().oldest().forEach((work) -> lines.add(work(work, report.status())));
		return lines;
	}

	private static String headline(ShutdownReport report) {
		String elapsed = DurationText.seconds(report.elapsed());
		String exit = (report.exitCode() != null) ? "exit code: " + report.exitCode() : "by another exit of the JVM";
		return switch (report.status()) {
			case IN_PROGRESS -> "Shutting down (trigger: " + report.trigger() + ", phase: " + report.phase() + ")";
			case COMPLETED ->
				"Graceful shutdown completed in " + elapsed + " (trigger: " + report.trigger() + ", " + exit + ")";
			case OVERDUE -> "Graceful shutdown not completed within " + elapsed + " (trigger: " + report.trigger()
					+ ", phase: " + report.phase() + ", " + exit + ")";
		};
	}

	private static String work(ShutdownReport report) {
		WorkTotals work = report.work();
		return "work: " + work.inFlightAtStart() + " in flight at the start, " + work.arrived() + " arrived since, "
				+ ((report.status() == Status.IN_PROGRESS) ? work.inFlight() + " in flight"
						: report.cutOff() + " cut off");
	}

	private static String peers(PeerTotals peers) {
		return peers.seen() + ", " + peers.sending() + " still sending"
				+ peers.mostRecent().stream().map((peer) -> "; " + peer).collect(Collectors.joining());
	}

	private static String phase(PhaseTime time, ShutdownReport report) {
		boolean current = report.status() == Status.IN_PROGRESS && time.phase() == report.phase();
		return time.phase() + " "
				+ (current ? "since " + DurationText.seconds(time.begin()) : DurationText.seconds(time.time())) + ", ";
	}

	private static String participant(ParticipantLoad participant) {
		return participant.name() + " has " + participant.inFlight() + " left"
				+ (participant.outcome().isEmpty() ? "" : ", " + participant.outcome());
	}

	private static String work(WorkSnapshot work, Status status) {
		boolean current = status == Status.IN_PROGRESS;
		return (current ? "in flight: " : "cut off: ") + work.description() + (current ? " for " : " after ")
				+ DurationText.seconds(work.age()) + (work.stack().isEmpty() ? "" : ", at " + work.stack().get(0));
	}

}

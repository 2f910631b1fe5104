package io.podlifecycle.boot.shutdown;

import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.podlifecycle.report.Phase;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.ShutdownReport.Problem;
import io.podlifecycle.report.ShutdownReport.WorkSnapshot;
import io.podlifecycle.report.ShutdownReport.WorkTotals;
import io.podlifecycle.shutdown.ShutdownListener;
import io.podlifecycle.time.DurationText;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells the milestones of a shutdown to the log.
 *
 * @since 0.1.0
 */
final class LoggingShutdownListener implements ShutdownListener {

	private static final Log logger = LogFactory.getLog(LoggingShutdownListener.class);

	@Override
	public void quiescing(ShutdownReport report) {
		logger.info("Shutting down on " + report.trigger() + " with " + report.work().inFlightAtStart() + " in flight");
	}

	@Override
	public void draining(ShutdownReport report) {
		if (!report.propagation().isSkipped()) {
			logger.info("Draining after " + DurationText.seconds(report.timeOf(Phase.PROPAGATION)) + " ("
					+ report.propagation() + "), " + report.work().arrived() + " late requests so far, "
					+ report.peers().sending() + " of " + report.peers().seen() + " peers still sending");
			report.peers()
				.mostRecent()
				.forEach((peer) -> logger.debug("Still sending: " + peer.address() + ", " + peer));
		}
	}

	@Override
	public void drained(ShutdownReport report) {
		WorkTotals work = report.work();
		String summary = "Drained in " + DurationText.seconds(report.timeOf(Phase.DRAIN)) + ", "
				+ (report.propagation().isSkipped() ? report.propagation() + ", " : "") + work.inFlightAtStart()
				+ " in flight at the start, " + work.arrived() + " arrived since, "
				+ ((report.givenUp() > 0) ? report.givenUp() + " not waited for any more, " : "")
				+ ((report.givenUp() == 0 || report.cutOff() > 0) ? report.cutOff() + " cut off, " : "")
				+ report.connectionsLeft() + " connections left open";
		if (report.givenUp() == 0 && report.cutOff() == 0 && report.problems().isEmpty()) {
			logger.info(summary);
		}
		else {
			logger.warn(summary + details(report));
		}
	}

	private static String details(ShutdownReport report) {
		Stream<String> participants = report.participants()
			.stream()
			.filter((participant) -> participant.inFlight() + participant.aborted() > 0)
			.map((participant) -> participant.name() + ": "
					+ ((participant.inFlight() > 0) ? participant.inFlight() + " left " : "") + participant.outcome());
		return Stream
			.of(report.problems().stream().map(Problem::toString), participants,
					report.work().oldest().stream().map(LoggingShutdownListener::describe))
			.flatMap(Function.identity())
			.map("\n\t"::concat)
			.collect(Collectors.joining());
	}

	private static String describe(WorkSnapshot work) {
		return "in flight for " + DurationText.seconds(work.age()) + ": " + work.description()
				+ work.stack().stream().map("\n\t\tat "::concat).collect(Collectors.joining());
	}

}

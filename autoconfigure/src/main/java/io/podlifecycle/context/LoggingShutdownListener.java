package io.podlifecycle.context;

import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.podlifecycle.drain.DrainReport;
import io.podlifecycle.drain.DrainReport.Propagation;
import io.podlifecycle.drain.Phase;
import io.podlifecycle.drain.ShutdownListener;
import io.podlifecycle.drain.WorkSnapshot;
import io.podlifecycle.drain.WorkTotals;
import io.podlifecycle.time.DurationText;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells the milestones of a shutdown to the log.
 *
 * @since 0.1.0
 */
public final class LoggingShutdownListener implements ShutdownListener {

	private static final Log logger = LogFactory.getLog(LoggingShutdownListener.class);

	@Override
	public void quiescing(DrainReport report) {
		logger.info("Shutting down on " + report.cause() + " with " + report.work().inFlightAtStart() + " in flight");
	}

	@Override
	public void draining(DrainReport report) {
		if (report.propagation() != Propagation.SKIPPED) {
			logger.info("Draining after " + DurationText.seconds(report.timeOf(Phase.PROPAGATION)) + " ("
					+ report.propagation() + "), " + report.work().arrived() + " late requests so far");
		}
	}

	@Override
	public void drained(DrainReport report) {
		WorkTotals work = report.work();
		String summary = "Drained in " + DurationText.seconds(report.timeOf(Phase.DRAIN)) + ", "
				+ ((report.propagation() == Propagation.SKIPPED) ? report.propagation() + ", " : "")
				+ work.inFlightAtStart() + " in flight at the start, " + work.arrived() + " arrived since, "
				+ report.cutOff() + " cut off, " + report.connectionsLeft() + " connections left open";
		if (report.cutOff() == 0 && report.problems().isEmpty()) {
			logger.info(summary);
		}
		else {
			logger.warn(summary + details(report));
		}
	}

	private static String details(DrainReport report) {
		Stream<String> participants = report.participants()
			.stream()
			.filter((participant) -> participant.aborted() > 0)
			.map((participant) -> participant.name() + ": " + participant.outcome());
		return Stream
			.of(report.problems().stream(), participants,
					report.work().oldest().stream().map(LoggingShutdownListener::describe))
			.flatMap(Function.identity())
			.map("\n\t"::concat)
			.collect(Collectors.joining());
	}

	private static String describe(WorkSnapshot work) {
		return "cut off after " + DurationText.seconds(work.age()) + ": " + work.description()
				+ work.stack().stream().map("\n\t\tat "::concat).collect(Collectors.joining());
	}

}

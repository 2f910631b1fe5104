package io.podlifecycle.context;

import io.podlifecycle.drain.DrainReport;
import io.podlifecycle.drain.DrainReport.Propagation;
import io.podlifecycle.drain.ShutdownCause;
import io.podlifecycle.drain.ShutdownListener;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.SpringApplication;

/**
 * Tells the milestones of a shutdown to the log.
 *
 * @since 0.1.0
 */
public final class LoggingShutdownListener implements ShutdownListener {

	private static final Log logger = LogFactory.getLog(LoggingShutdownListener.class);

	private final Ticker ticker;

	/**
	 * Create a listener.
	 * @param ticker the source of time
	 */
	public LoggingShutdownListener(Ticker ticker) {
		this.ticker = ticker;
	}

	@Override
	public void quiescing(ShutdownCause cause, long inFlight) {
		logger.info("Shutting down on " + cause + " with " + inFlight + " in flight");
		if (cause == ShutdownCause.SIGTERM) {
			Stopwatch stopwatch = Stopwatch.start(this.ticker);
			// Boot runs these after it has closed all contexts; logging still works then.
			SpringApplication.getShutdownHandlers()
				.add(() -> logger.info("Gone " + Text.seconds(stopwatch.elapsed()) + " after SIGTERM"));
		}
	}

	@Override
	public void draining(DrainReport report) {
		if (report.propagation() != Propagation.SKIPPED) {
			logger.info("Draining after " + Text.seconds(report.propagationTime()) + " (" + report.propagation() + "), "
					+ report.lateRequests() + " late requests so far");
		}
	}

	@Override
	public void drained(DrainReport report) {
		String summary = "Drained in " + Text.seconds(report.drainTime()) + ", "
				+ ((report.propagation() == Propagation.SKIPPED) ? report.propagation() + ", " : "")
				+ report.inFlightAtStart() + " in flight at the start, " + report.lateRequests() + " arrived since, "
				+ report.cutOff() + " cut off, " + report.connectionsLeft() + " connections left open";
		if (report.cutOff() == 0 && report.problems().isEmpty()) {
			logger.info(summary);
		}
		else {
			logger.warn(summary + (report.problems().isEmpty() ? "" : "; " + String.join("; ", report.problems())));
		}
	}

}

package io.podlifecycle.boot.shutdown;

import java.util.List;

import io.podlifecycle.boot.Attempt;
import io.podlifecycle.report.ReportText;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.ShutdownReport.Hang;
import io.podlifecycle.report.ShutdownReport.Status;
import io.podlifecycle.report.ShutdownReport.WorkTotals;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.shutdown.ShutdownListener;
import io.podlifecycle.shutdown.SupervisedApplication;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reports a shutdown: to the termination message at the beginning of each phase, so that
 * a kill halfway leaves something, and at the very end to the log, too. The end is when
 * Boot has closed all contexts; logging still works then. Safe for use by several
 * threads.
 */
final class ShutdownReporter implements ShutdownListener {

	private static final Log logger = LogFactory.getLog(ShutdownReporter.class);

	private final TerminationMessage message;

	private final SupervisedApplication application;

	private volatile @Nullable WorkTotals cutOff;

	/**
	 * Create a reporter.
	 * @param message the termination message
	 * @param application whose shutdown is reported
	 */
	ShutdownReporter(TerminationMessage message, SupervisedApplication application) {
		this.message = message;
		this.application = application;
	}

	@Override
	public void phaseBegun(ShutdownReport report) {
		write(report);
	}

	private void write(ShutdownReport report) {
		// The log may still work.
		Attempt.run("termination message", () -> this.message.write(report));
	}

	/**
	 * Boot's graceful phase is over, and the web server is about to be stopped: what is
	 * in flight is cut off. What is cut off may end before the report is written.
	 */
	void serverStops() {
		this.cutOff = this.application.reportAfterDrain().map(ShutdownReport::work).orElse(null);
	}

	/**
	 * Called when Boot has closed all contexts. What Boot calls next flushes the log.
	 */
	void terminated() {
		if (this.application.trigger().filter(Trigger::endsProcess).isPresent()) {
			Attempt.run("report", () -> logger.info(String.join("\n\t",
					report(Status.COMPLETED, this.application.exitCode().orElse(null), List.of()))));
		}
	}

	/**
	 * Report a process that is still there at its deadline.
	 * @param exitCode its exit code
	 * @param hanging what hangs
	 * @return the report, in lines
	 */
	List<String> overdue(int exitCode, List<Hang> hanging) {
		return report(Status.OVERDUE, exitCode, hanging);
	}

	private List<String> report(Status status, @Nullable Integer exitCode, List<Hang> hanging) {
		ShutdownReport soFar = this.application.report().orElseThrow();
		WorkTotals work = this.cutOff;
		ShutdownReport report = soFar.ended(status, exitCode, (work != null) ? work : soFar.work(), hanging);
		write(report);
		return ReportText.lines(report);
	}

}

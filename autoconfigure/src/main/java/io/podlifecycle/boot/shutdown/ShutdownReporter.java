package io.podlifecycle.boot.shutdown;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.podlifecycle.context.Attempt;
import io.podlifecycle.drain.DrainReport;
import io.podlifecycle.drain.DrainReport.Propagation;
import io.podlifecycle.drain.Phase;
import io.podlifecycle.drain.ReportText;
import io.podlifecycle.drain.ShutdownListener;
import io.podlifecycle.drain.ShutdownReport;
import io.podlifecycle.drain.WorkTotals;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.shutdown.SupervisedApplication;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reports a shutdown: to the termination message at each milestone, so that a kill
 * halfway leaves something, and at the very end to the log, too. The end is when Boot has
 * closed all contexts; logging still works then. Safe for use by several threads.
 */
final class ShutdownReporter implements ShutdownListener {

	private static final Log logger = LogFactory.getLog(ShutdownReporter.class);

	private final TerminationMessage message;

	private final SupervisedApplication application;

	private volatile @Nullable DrainReport drain;

	/**
	 * Create a reporter.
	 * @param file where Kubernetes reads the termination message; {@code null} if there
	 * is to be none
	 * @param application whose shutdown is reported
	 */
	ShutdownReporter(@Nullable Path file, SupervisedApplication application) {
		this.message = new TerminationMessage(file);
		this.application = application;
	}

	@Override
	public void quiescing(DrainReport report) {
		report(report);
	}

	@Override
	public void draining(DrainReport report) {
		report(report);
	}

	@Override
	public void drained(DrainReport report) {
		report(report);
	}

	private void report(DrainReport report) {
		this.drain = report;
		write(new ShutdownReport(report, this.application.sinceTrigger(), null, List.of()));
	}

	private void write(ShutdownReport report) {
		// The log may still work.
		Attempt.run("termination message", () -> this.message.write(report));
	}

	/**
	 * Called when Boot has closed all contexts. What Boot calls next flushes the log.
	 */
	void terminated() {
		this.application.trigger()
			.filter(Trigger::endsProcess)
			.ifPresent((trigger) -> Attempt.run("report", () -> logger
				.info(String.join("\n\t", report(trigger, this.application.exitCode().orElse(null), List.of())))));
	}

	/**
	 * Report a process that is still there at its deadline.
	 * @param exitCode its exit code
	 * @param hanging what hangs, a line each
	 * @return the report, in lines
	 */
	List<String> overdue(int exitCode, List<String> hanging) {
		return report(this.application.trigger().orElse(Trigger.CONTEXT_CLOSED), exitCode, hanging);
	}

	private List<String> report(Trigger trigger, @Nullable Integer exitCode, List<String> hanging) {
		DrainReport last = this.drain;
		DrainReport drained = (last != null) ? last : nothingServed(trigger);
		Duration elapsed = this.application.sinceTrigger();
		// What is neither propagation nor drain is the close of the contexts.
		ShutdownReport report = new ShutdownReport(drained.followedBy(Phase.CLOSE, elapsed), elapsed, exitCode,
				hanging);
		write(report);
		return ReportText.lines(report);
	}

	/** The application was not ready, so there was nothing to drain. */
	private static DrainReport nothingServed(Trigger trigger) {
		return new DrainReport(trigger, Propagation.SKIPPED, List.of(), new WorkTotals(0, 0, 0, List.of()), 0, 0,
				List.of(), List.of());
	}

}

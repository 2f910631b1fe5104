package io.podlifecycle.diagnosis;

import java.time.Duration;
import java.util.Optional;

import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.shutdown.ShutdownListener;
import io.podlifecycle.work.Traffic;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Warns, when SIGTERM arrives, of a preStop hook that has slept and of which the
 * application is not told: requests came steadily, and had stopped before the signal.
 * Clients that keep their connections hide such a hook, since nothing asks them to close
 * these.
 *
 * @since 0.1.0
 */
final class PreStopSleepWarning implements ShutdownListener {

	private static final Log logger = LogFactory.getLog(PreStopSleepWarning.class);

	private final Traffic traffic;

	private final Duration gracePeriod;

	private final boolean told;

	/**
	 * Create a listener.
	 * @param traffic the requests that arrive
	 * @param gracePeriod the pod's grace period, which the hook is shorter than
	 * @param told whether a property tells the time of the hook
	 */
	public PreStopSleepWarning(Traffic traffic, Duration gracePeriod, boolean told) {
		this.traffic = traffic;
		this.gracePeriod = gracePeriod;
		this.told = told;
	}

	@Override
	public void quiescing(ShutdownReport report) {
		if (!this.told && (report.trigger() == Trigger.SIGTERM || report.trigger() == Trigger.SIGINT)) {
			look().ifPresent(logger::warn);
		}
	}

	Optional<Finding> look() {
		return this.traffic.unusualSilence()
			.filter((silence) -> silence.compareTo(this.gracePeriod) < 0)
			.map((silence) -> new Finding(
					"Requests came steadily, and stopped " + silence.toSeconds()
							+ " s before the stop signal: the pod seems to have a preStop hook that sleeps",
					"Remove it, since the application waits by itself, or set 'pod-lifecycle.shutdown.pre-stop-delay' "
							+ "to its time"));
	}

}

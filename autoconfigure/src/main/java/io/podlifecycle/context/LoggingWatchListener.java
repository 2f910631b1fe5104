package io.podlifecycle.context;

import io.podlifecycle.dependency.DependencyOutcome;
import io.podlifecycle.dependency.WatchListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells the log what becomes of the dependencies that are watched.
 */
final class LoggingWatchListener implements WatchListener {

	private static final Log logger = LogFactory.getLog(LoggingWatchListener.class);

	@Override
	public void lost(DependencyOutcome outcome) {
		Attempt.run("log", () -> logger.warn("Not ready without " + outcome.dependency() + ": " + outcome.lastError()));
	}

	@Override
	public void found(DependencyOutcome outcome) {
		Attempt.run("log",
				() -> logger.info(outcome.dependency() + " answers, and does not hold up readiness any more"));
	}

}

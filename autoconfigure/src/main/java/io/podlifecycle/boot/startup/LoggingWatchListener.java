package io.podlifecycle.boot.startup;

import java.time.Duration;

import io.podlifecycle.boot.Attempt;
import io.podlifecycle.dependency.DependencyOutcome;
import io.podlifecycle.dependency.WatchListener;
import io.podlifecycle.time.DurationText;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells the log what becomes of the dependencies that are watched.
 */
final class LoggingWatchListener implements WatchListener {

	private static final Log logger = LogFactory.getLog(LoggingWatchListener.class);

	@Override
	public void lost(DependencyOutcome outcome) {
		Attempt.run("log", () -> logger.warn((outcome.dependency().required() ? "Not ready without " : "Without ")
				+ outcome.dependency() + ": " + outcome.lastError()));
	}

	@Override
	public void stillMissing(DependencyOutcome outcome, Duration elapsed) {
		Attempt.run("log", () -> logger.info((outcome.dependency().required() ? "Not ready for " : "For ")
				+ DurationText.seconds(elapsed) + " without " + Text.describe(outcome)));
	}

	@Override
	public void found(DependencyOutcome outcome) {
		Attempt.run("log", () -> logger.info(outcome.dependency() + (outcome.dependency().required()
				? " answers, and does not hold up readiness any more" : " answers")));
	}

}

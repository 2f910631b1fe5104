package io.podlifecycle.boot.startup;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import io.podlifecycle.boot.Attempt;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.DependencyOutcome;
import io.podlifecycle.dependency.DnsCache;
import io.podlifecycle.dependency.WaitListener;
import io.podlifecycle.time.DurationText;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells the milestones of a wait to the log; each try at TRACE only.
 */
final class LoggingWaitListener implements WaitListener {

	private static final Log logger = LogFactory.getLog(LoggingWaitListener.class);

	private final AtomicBoolean warned = new AtomicBoolean();

	private final String stillWaiting;

	private LoggingWaitListener(String stillWaiting) {
		this.stillWaiting = stillWaiting;
	}

	/** Of the wait that the start stands still for. */
	static LoggingWaitListener ofStart() {
		return new LoggingWaitListener("Still waiting for ");
	}

	/** Of one in the background. */
	static LoggingWaitListener ofReadiness() {
		return new LoggingWaitListener("Not ready, still waiting for ");
	}

	@Override
	public void started(List<Dependency> dependencies) {
		logger.info("Waiting for " + dependencies.stream().map(Object::toString).collect(Collectors.joining(", ")));
	}

	@Override
	public void tried(DependencyOutcome outcome) {
		// A failure would end the tries.
		Attempt.run("log", () -> log(outcome));
	}

	private void log(DependencyOutcome outcome) {
		if (outcome.isAnswered()) {
			logger.info(outcome.dependency() + " " + Text.progress(outcome));
			return;
		}
		if (outcome.isRefused()) {
			logger.warn("Refused, and tried rarely from now on: " + Text.describe(outcome));
		}
		else if (logger.isTraceEnabled()) {
			logger.trace(Text.describe(outcome));
		}
		if (DnsCache.answered(outcome) && this.warned.compareAndSet(false, true)) {
			logger.warn("The JVM answers failed DNS look-ups out of its cache, so the wait notices a new name late. "
					+ "Its cache policy is read at the first look-up, which came before the wait: set "
					+ "networkaddress.cache.negative.ttl=0 in the JVM's java.security file");
		}
	}

	@Override
	public void stillWaiting(List<DependencyOutcome> missing) {
		logger.info(this.stillWaiting + missing.stream().map(Text::describe).collect(Collectors.joining("; ")));
	}

	@Override
	public void ended(Duration elapsed) {
		logger.info("Readiness was held up for " + DurationText.seconds(elapsed) + ", and is not any more");
	}

}

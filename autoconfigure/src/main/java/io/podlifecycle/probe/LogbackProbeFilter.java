package io.podlifecycle.probe;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.podlifecycle.dependency.ProbeThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Drops what certain loggers say in the threads of the probes, and nothing else.
 */
final class LogbackProbeFilter extends TurboFilter {

	/** Boot's indicators warn, with a stack, each time that they are not up. */
	private static final String HEALTH_INDICATOR = "HealthIndicator";

	private final List<String> loggers;

	private LogbackProbeFilter(List<String> loggers) {
		this.loggers = loggers;
	}

	/**
	 * Begin to drop.
	 * @param loggers the names of the loggers, each with all below it
	 * @return what ends it, or {@code null} if the application does not log with Logback
	 */
	static @Nullable Runnable install(List<String> loggers) {
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			LogbackProbeFilter filter = new LogbackProbeFilter(loggers);
			filter.start();
			context.addTurboFilter(filter);
			return () -> context.getTurboFilterList().remove(filter);
		}
		return null;
	}

	@Override
	public FilterReply decide(@Nullable Marker marker, Logger logger, Level level, @Nullable String format,
			Object @Nullable [] parameters, @Nullable Throwable throwable) {
		return (ProbeThreads.isCurrent() && isSilenced(logger)) ? FilterReply.DENY : FilterReply.NEUTRAL;
	}

	private boolean isSilenced(Logger logger) {
		return logger.getEffectiveLevel().isGreaterOrEqual(Level.INFO)
				&& (logger.getName().endsWith(HEALTH_INDICATOR) || this.loggers.stream()
					.anyMatch((name) -> logger.getName().equals(name) || logger.getName().startsWith(name + ".")));
	}

}

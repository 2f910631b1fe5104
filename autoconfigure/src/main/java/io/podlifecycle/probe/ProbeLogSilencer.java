package io.podlifecycle.probe;

import java.util.List;

import io.podlifecycle.Internal;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.util.ClassUtils;

/**
 * Silences the logs of the client libraries while they probe: some write dozens of lines
 * for each client that is made, which here is each try. What a try found is told by the
 * wait itself. A logger that the user has given a level, or that logs at DEBUG, is left
 * alone.
 * <p>
 * With Logback only what the probes' own threads log is dropped. With another logging
 * system the loggers are switched off, and with them what the application's own clients
 * would say: to be done only while there are none.
 *
 * @since 0.1.0
 */
@Internal
public final class ProbeLogSilencer implements AutoCloseable {

	private static final List<String> LOGGERS = List.of("com.rabbitmq.client", "io.grpc", "io.lettuce",
			"org.apache.kafka", "org.mongodb.driver");

	private static final boolean LOGBACK_PRESENT = ClassUtils.isPresent("ch.qos.logback.classic.LoggerContext",
			ProbeLogSilencer.class.getClassLoader());

	private final boolean sparesOthers;

	private final Runnable end;

	private ProbeLogSilencer(boolean sparesOthers, Runnable end) {
		this.sparesOthers = sparesOthers;
		this.end = end;
	}

	/**
	 * Silence the loggers.
	 * @param loggingSystem the application's logging system, or {@code null} if Boot has
	 * none, which leaves the loggers as they are
	 * @return what is to be closed when the probes are done
	 */
	public static ProbeLogSilencer silence(@Nullable LoggingSystem loggingSystem) {
		if (loggingSystem == null) {
			return new ProbeLogSilencer(true, () -> {
			});
		}
		List<String> loggers = LOGGERS.stream().filter((logger) -> isUntouched(loggingSystem, logger)).toList();
		Runnable filter = LOGBACK_PRESENT ? LogbackProbeFilter.install(loggers) : null;
		return (filter != null) ? new ProbeLogSilencer(true, filter) : switchOff(loggingSystem, loggers);
	}

	static ProbeLogSilencer switchOff(LoggingSystem loggingSystem, List<String> loggers) {
		loggers.forEach((logger) -> loggingSystem.setLogLevel(logger, LogLevel.OFF));
		return new ProbeLogSilencer(false, () -> loggers.forEach((logger) -> loggingSystem.setLogLevel(logger, null)));
	}

	private static boolean isUntouched(LoggingSystem loggingSystem, String logger) {
		LoggerConfiguration configuration = loggingSystem.getLoggerConfiguration(logger);
		return configuration == null || (configuration.getConfiguredLevel() == null
				&& configuration.getEffectiveLevel().compareTo(LogLevel.DEBUG) > 0);
	}

	/**
	 * Return whether the application's own clients may still log.
	 * @return {@code true} if none but the probes are silenced
	 */
	public boolean sparesOthers() {
		return this.sparesOthers;
	}

	/**
	 * Let the loggers speak again.
	 */
	@Override
	public void close() {
		this.end.run();
	}

}

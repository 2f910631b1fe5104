package io.podlifecycle.probe;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Silences the logs of the client libraries while they probe: some write dozens of lines
 * for each client that is made, which here is each try. What a try found is told by the
 * wait itself. A logger that the user has given a level, or that logs at DEBUG, is left
 * alone.
 *
 * @since 0.1.0
 */
public final class QuietClients implements AutoCloseable {

	private static final List<String> LOGGERS = List.of("com.rabbitmq.client", "io.grpc", "io.lettuce",
			"org.apache.kafka", "org.mongodb.driver");

	private final @Nullable LoggingSystem loggingSystem;

	private final List<String> silenced;

	private QuietClients(@Nullable LoggingSystem loggingSystem, List<String> silenced) {
		this.loggingSystem = loggingSystem;
		this.silenced = silenced;
	}

	/**
	 * Silence the loggers.
	 * @param loggingSystem the application's logging system, or {@code null} if Boot has
	 * none, which leaves the loggers as they are
	 * @return what is to be closed when the probes are done
	 */
	public static QuietClients silence(@Nullable LoggingSystem loggingSystem) {
		if (loggingSystem == null) {
			return new QuietClients(null, List.of());
		}
		List<String> silenced = LOGGERS.stream().filter((logger) -> isUntouched(loggingSystem, logger)).toList();
		silenced.forEach((logger) -> loggingSystem.setLogLevel(logger, LogLevel.OFF));
		return new QuietClients(loggingSystem, silenced);
	}

	private static boolean isUntouched(LoggingSystem loggingSystem, String logger) {
		LoggerConfiguration configuration = loggingSystem.getLoggerConfiguration(logger);
		return configuration == null || (configuration.getConfiguredLevel() == null
				&& configuration.getEffectiveLevel().compareTo(LogLevel.DEBUG) > 0);
	}

	/**
	 * Let the loggers speak again.
	 */
	@Override
	public void close() {
		if (this.loggingSystem != null) {
			for (String logger : this.silenced) {
				this.loggingSystem.setLogLevel(logger, null);
			}
		}
	}

}

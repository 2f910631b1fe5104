package io.podlifecycle.autoconfigure;

import java.time.Duration;

import io.podlifecycle.drain.Streams;
import io.podlifecycle.shutdown.ShutdownSettings;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the registry of open streams.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PodLifecycleAutoConfiguration.class)
@ConditionalOnShutdown
public final class PodLifecycleStreamsAutoConfiguration {

	@Bean
	Streams podLifecycleStreams(PodLifecycleProperties properties, ShutdownSettings podLifecycleShutdownSettings,
			Environment environment) {
		Duration spread = StreamSpread.of(properties.getShutdown().getStreams(),
				podLifecycleShutdownSettings.budget().drainTimeout(), environment);
		return new Streams(spread, Streams.daemonThreads(), Ticker.system(), Sleeper.system());
	}

}

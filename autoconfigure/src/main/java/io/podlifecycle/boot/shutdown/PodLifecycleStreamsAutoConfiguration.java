package io.podlifecycle.boot.shutdown;

import java.time.Duration;

import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.PodLifecycleProperties;
import io.podlifecycle.shutdown.GraceBudget;
import io.podlifecycle.shutdown.ShutdownSettings;
import io.podlifecycle.shutdown.SupervisedApplication;
import io.podlifecycle.stream.Streams;
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

	private static final Duration LONGEST_MARGIN = Duration.ofSeconds(1);

	@Bean
	Streams podLifecycleStreams(PodLifecycleProperties properties, ShutdownSettings podLifecycleShutdownSettings,
			SupervisedApplication podLifecycleApplication, Environment environment) {
		GraceBudget budget = podLifecycleShutdownSettings.budget();
		Duration spread = StreamSpread.of(properties.getShutdown().getStreams(), budget, environment);
		return new Streams(spread, () -> timeout(budget, podLifecycleApplication.sinceTrigger()),
				Streams.daemonThreads(), Ticker.system(), Sleeper.system());
	}

	/**
	 * Streams that are cut off shortly before the end of the drain are not waited for by
	 * what follows.
	 */
	private static Duration timeout(GraceBudget budget, Duration elapsed) {
		Duration left = budget.untilClose().minus(elapsed);
		Duration drain = (left.compareTo(budget.drainTimeout()) < 0) ? left : budget.drainTimeout();
		Duration margin = drain.dividedBy(10);
		return drain.minus((margin.compareTo(LONGEST_MARGIN) < 0) ? margin : LONGEST_MARGIN);
	}

}

package io.podlifecycle.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.boot.startup.MissingDependencies;
import io.podlifecycle.boot.startup.StartupWait;
import io.podlifecycle.boot.startup.TimeToReady;
import io.podlifecycle.dependency.DependencyMonitor;
import io.podlifecycle.earlyprobe.EarlyProbeServers;
import io.podlifecycle.shutdown.Participants;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.work.ObservedWork;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the meters of the start and of
 * the graceful shutdown.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PodLifecycleAutoConfiguration.class,
		afterName = { "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "pod-lifecycle.enabled", matchIfMissing = true)
public final class PodLifecycleMetricsAutoConfiguration {

	@Bean
	DependencyMetrics podLifecycleDependencyMetrics(ObjectProvider<StartupWait> wait,
			ObjectProvider<DependencyMonitor> tries) {
		return new DependencyMetrics(wait.stream().flatMap((one) -> one.outcomes().stream()).toList(),
				tries.stream().toList());
	}

	@Bean
	TimeToReady podLifecycleTimeToReady(ObjectProvider<MissingDependencies> dependencies) {
		return new TimeToReady(MissingDependencies.of(dependencies), Stopwatch.ofJvm(), Sleeper.system());
	}

	@Bean
	StartupMetrics podLifecycleStartupMetrics(TimeToReady podLifecycleTimeToReady,
			ObjectProvider<EarlyProbeServers> earlyProbeServers) {
		return new StartupMetrics(podLifecycleTimeToReady::time, earlyProbeServers.getIfAvailable());
	}

	@Bean
	@ConditionalOnShutdown
	ShutdownMetrics podLifecycleShutdownMetrics(ObservedWork podLifecycleObservedWork,
			Participants podLifecycleParticipants) {
		return new ShutdownMetrics(podLifecycleObservedWork, podLifecycleParticipants);
	}

}

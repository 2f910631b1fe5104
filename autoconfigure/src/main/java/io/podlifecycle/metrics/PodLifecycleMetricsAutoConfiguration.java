package io.podlifecycle.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.Orders;
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
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for meters and observations.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Orders.AUTO_CONFIGURATION)
@AutoConfiguration(after = PodLifecycleAutoConfiguration.class,
		afterName = { "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
				"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration" })
public final class PodLifecycleMetricsAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnBean(MeterRegistry.class)
	@ConditionalOnBooleanProperty(name = "pod-lifecycle.enabled", matchIfMissing = true)
	static class MeterConfiguration {

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

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ObservationRegistry.class)
	@ConditionalOnShutdown
	@ConditionalOnBean(ObservationRegistry.class)
	static class ObservationConfiguration {

		@Bean
		ShutdownObservation podLifecycleShutdownObservation(ObservationRegistry registry) {
			return new ShutdownObservation(registry);
		}

	}

}

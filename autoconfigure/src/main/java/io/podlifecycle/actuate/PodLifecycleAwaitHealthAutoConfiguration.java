package io.podlifecycle.actuate;

import io.podlifecycle.boot.PodLifecycleProperties;
import io.podlifecycle.boot.startup.HealthReadinessGate;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.health.registry.ReactiveHealthContributorRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for health contributors that hold up
 * readiness until they were up once.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "pod-lifecycle.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "pod-lifecycle.startup.enabled", matchIfMissing = true)
@Conditional(OnAwaitHealthCondition.class)
@EnableConfigurationProperties(PodLifecycleProperties.class)
public final class PodLifecycleAwaitHealthAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HealthContributorRegistry.class)
	static class HealthConfiguration {

		@Bean
		HealthProbeFactory podLifecycleHealthProbeFactory(HealthContributorRegistry registry,
				ObjectProvider<ReactiveHealthContributorRegistry> reactive,
				ObjectProvider<StatusAggregator> aggregator) {
			ReactiveHealthContributorRegistry reactiveRegistry = reactive.getIfAvailable();
			HealthContributors contributors = (reactiveRegistry != null)
					? HealthContributors.of(registry, reactiveRegistry.asHealthContributors()) : registry;
			return new HealthProbeFactory(contributors, aggregator.getIfAvailable(StatusAggregator::getDefault));
		}

		@Bean
		HealthReadinessGate podLifecycleHealthGate(PodLifecycleProperties properties,
				HealthProbeFactory podLifecycleHealthProbeFactory, ConfigurableApplicationContext context) {
			return new HealthReadinessGate(
					new AwaitHealthMapper(properties.getStartup(), podLifecycleHealthProbeFactory).dependencies(),
					properties.getStartup().getProgressInterval(), context);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("org.springframework.boot.health.registry.HealthContributorRegistry")
	static class NoHealthConfiguration {

		@Bean
		HealthReadinessGate podLifecycleHealthGate(PodLifecycleProperties properties) {
			throw AwaitHealthMapper.withoutHealth(properties.getStartup());
		}

	}

}

package io.podlifecycle.actuate;

import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.Orders;
import io.podlifecycle.boot.PodLifecycleProperties;
import io.podlifecycle.boot.shutdown.IrrevocableReadiness;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.boot.startup.HealthReadinessGate;
import io.podlifecycle.boot.startup.MissingDependencies;
import io.podlifecycle.journal.JournalKeeper;
import io.podlifecycle.shutdown.GracefulShutdown;
import io.podlifecycle.shutdown.Participants;
import io.podlifecycle.shutdown.ShutdownSettings;
import io.podlifecycle.shutdown.SupervisedApplication;
import io.podlifecycle.work.ObservedWork;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.health.registry.ReactiveHealthContributorRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.util.function.SingletonSupplier;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the actuator: endpoints, health
 * and info.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Orders.AUTO_CONFIGURATION)
@AutoConfiguration(after = PodLifecycleAutoConfiguration.class,
		afterName = "org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration")
public final class PodLifecycleActuatorAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
	@ConditionalOnShutdown
	static class EndpointConfiguration {

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnAvailableEndpoint
		PodLifecycleEndpoint podLifecycleEndpoint(SupervisedApplication podLifecycleApplication,
				GracefulShutdown podLifecycleGracefulShutdown, ShutdownSettings podLifecycleShutdownSettings,
				ObservedWork podLifecycleObservedWork, Participants podLifecycleParticipants,
				ObjectProvider<MissingDependencies> dependencies) {
			return new PodLifecycleEndpoint(podLifecycleApplication, podLifecycleGracefulShutdown,
					podLifecycleShutdownSettings.budget(), podLifecycleObservedWork, podLifecycleParticipants,
					MissingDependencies.of(dependencies)::missing);
		}

		@Bean
		@ConditionalOnAvailableEndpoint
		PreStopEndpoint podLifecyclePreStopEndpoint(SupervisedApplication podLifecycleApplication) {
			return new PreStopEndpoint(podLifecycleApplication);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthIndicator.class, HealthEndpointGroupsPostProcessor.class })
	@ConditionalOnBooleanProperty(name = "pod-lifecycle.enabled", matchIfMissing = true)
	@ConditionalOnEnabledHealthIndicator("pod-lifecycle")
	static class HealthConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "podLifecycleHealthIndicator")
		PodLifecycleHealthIndicator podLifecycleHealthIndicator(ObjectProvider<IrrevocableReadiness> readiness,
				ObjectProvider<MissingDependencies> dependencies) {
			IrrevocableReadiness present = readiness.getIfAvailable();
			return new PodLifecycleHealthIndicator(() -> present != null && present.isRefused(),
					MissingDependencies.of(dependencies));
		}

		@Bean
		@Fallback
		ReadinessGroupMember podLifecycleReadinessGroupMember(ObjectProvider<IrrevocableReadiness> readiness) {
			// Looked up once: a bean factory that is being closed need not be asked.
			SingletonSupplier<IrrevocableReadiness> present = SingletonSupplier.ofNullable(readiness::getIfAvailable);
			return new ReadinessGroupMember("podLifecycle", (up) -> {
				IrrevocableReadiness told = present.get();
				if (told != null) {
					told.answered(up);
				}
			});
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ InfoContributor.class, ConditionalOnEnabledInfoContributor.class })
	@ConditionalOnBooleanProperty(name = "pod-lifecycle.enabled", matchIfMissing = true)
	@ConditionalOnEnabledInfoContributor("pod-lifecycle")
	static class InfoConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "podLifecycleInfoContributor")
		@Fallback
		JournalInfoContributor podLifecycleInfoContributor(ObjectProvider<JournalKeeper> keeper) {
			return new JournalInfoContributor(keeper.getIfAvailable());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "pod-lifecycle.enabled", matchIfMissing = true)
	@ConditionalOnBooleanProperty(name = "pod-lifecycle.startup.enabled", matchIfMissing = true)
	@Conditional(OnAwaitHealthCondition.class)
	@EnableConfigurationProperties(PodLifecycleProperties.class)
	static class AwaitHealthConfiguration {

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(HealthContributorRegistry.class)
		static class RegistryConfiguration {

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

}

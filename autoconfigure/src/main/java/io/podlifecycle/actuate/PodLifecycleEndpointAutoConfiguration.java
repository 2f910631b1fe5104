package io.podlifecycle.actuate;

import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.boot.startup.MissingDependencies;
import io.podlifecycle.shutdown.GracefulShutdown;
import io.podlifecycle.shutdown.Participants;
import io.podlifecycle.shutdown.ShutdownSettings;
import io.podlifecycle.shutdown.SupervisedApplication;
import io.podlifecycle.work.ObservedWork;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the actuator endpoints
 * {@code podlifecycle} and {@code prestop}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PodLifecycleAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnShutdown
public final class PodLifecycleEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "podLifecycleEndpoint")
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
	@ConditionalOnMissingBean(name = "podLifecyclePreStopEndpoint")
	@ConditionalOnAvailableEndpoint
	PreStopEndpoint podLifecyclePreStopEndpoint(SupervisedApplication podLifecycleApplication) {
		return new PreStopEndpoint(podLifecycleApplication);
	}

}

package io.podlifecycle.metrics;

import io.micrometer.observation.ObservationRegistry;
import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the observation of the shutdown.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PodLifecycleAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnShutdown
@ConditionalOnBean(ObservationRegistry.class)
public final class PodLifecycleObservationAutoConfiguration {

	@Bean
	ShutdownObservation podLifecycleShutdownObservation(ObservationRegistry registry) {
		return new ShutdownObservation(registry);
	}

}

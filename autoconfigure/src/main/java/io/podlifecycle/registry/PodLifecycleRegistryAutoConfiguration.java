package io.podlifecycle.registry;

import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.Orders;
import io.podlifecycle.boot.PodLifecycleProperties;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the service registries of Spring
 * Cloud.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Orders.AUTO_CONFIGURATION)
@AutoConfiguration(after = PodLifecycleAutoConfiguration.class)
@ConditionalOnClass(ServiceRegistry.class)
@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.participants.registry.enabled", matchIfMissing = true)
@ConditionalOnShutdown
public final class PodLifecycleRegistryAutoConfiguration {

	@Bean
	ServiceRegistrations podLifecycleServiceRegistrations(ObjectProvider<ServiceRegistry<?>> registries,
			ObjectProvider<Registration> registrations, PodLifecycleProperties properties) {
		return new ServiceRegistrations(registries::stream, registrations::stream,
				properties.getShutdown().getParticipants().getRegistry().getStatus());
	}

}

package io.podlifecycle.messaging;

import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.shutdown.ShutdownSettings;

import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the listeners of RabbitMQ.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PodLifecycleAutoConfiguration.class)
@ConditionalOnClass(RabbitListenerEndpointRegistry.class)
@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.participants.rabbit.enabled", matchIfMissing = true)
@ConditionalOnShutdown
public final class PodLifecycleRabbitAutoConfiguration {

	/**
	 * Containers are known by what they are in every version: their own interface moved
	 * with Spring AMQP 4.1.
	 */
	@Bean
	@Order(0) // Asked before the executors, to which it hands over work.
	ListenerContainers<SmartLifecycle> podLifecycleRabbitListeners(
			ObjectProvider<RabbitListenerEndpointRegistry> registries, ShutdownSettings podLifecycleShutdownSettings) {
		return new ListenerContainers<>("RabbitMQ listeners",
				() -> registries.stream()
					.<SmartLifecycle>flatMap((registry) -> registry.getListenerContainers().stream())
					.toList(),
				new RabbitShutdownTimeout(podLifecycleShutdownSettings.budget().untilClose()));
	}

}

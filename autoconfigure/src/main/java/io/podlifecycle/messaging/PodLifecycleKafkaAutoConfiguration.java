package io.podlifecycle.messaging;

import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the listeners of Kafka. Only the
 * containers of a registry are stopped: those in which replies are awaited are not in
 * one.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PodLifecycleAutoConfiguration.class)
@ConditionalOnClass(KafkaListenerEndpointRegistry.class)
@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.participants.kafka.enabled", matchIfMissing = true)
@ConditionalOnShutdown
public final class PodLifecycleKafkaAutoConfiguration {

	@Bean
	@Order(0) // Asked before the executors, to which it hands over work.
	ListenerContainers<MessageListenerContainer> podLifecycleKafkaListeners(
			ObjectProvider<KafkaListenerEndpointRegistry> registries) {
		return new ListenerContainers<>("Kafka listeners",
				() -> registries.stream().flatMap((registry) -> registry.getListenerContainers().stream()).toList(),
				(container) -> {
				});
	}

}

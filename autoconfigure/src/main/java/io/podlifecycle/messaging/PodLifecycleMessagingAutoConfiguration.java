package io.podlifecycle.messaging;

import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.Orders;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.shutdown.ShutdownSettings;

import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jms.config.JmsListenerEndpointRegistry;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the listeners of message
 * brokers.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Orders.AUTO_CONFIGURATION)
@AutoConfiguration(after = PodLifecycleAutoConfiguration.class)
@ConditionalOnShutdown
public final class PodLifecycleMessagingAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(KafkaListenerEndpointRegistry.class)
	@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.participants.kafka.enabled", matchIfMissing = true)
	static class KafkaConfiguration {

		@Bean
		@Order(Orders.WORK_SOURCE)
		ListenerContainers<SmartLifecycle> podLifecycleKafkaListeners(
				ObjectProvider<KafkaListenerEndpointRegistry> registries) {
			return new ListenerContainers<>("Kafka listeners",
					() -> registries.stream().flatMap((registry) -> registry.getListenerContainers().stream()).toList(),
					(container) -> {
					});
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RabbitListenerEndpointRegistry.class)
	@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.participants.rabbit.enabled", matchIfMissing = true)
	static class RabbitConfiguration {

		/**
		 * Containers are known by what they are in every version: their own interface
		 * moved with Spring AMQP 4.1.
		 */
		@Bean
		@Order(Orders.WORK_SOURCE)
		ListenerContainers<SmartLifecycle> podLifecycleRabbitListeners(
				ObjectProvider<RabbitListenerEndpointRegistry> registries,
				ShutdownSettings podLifecycleShutdownSettings) {
			return new ListenerContainers<>("RabbitMQ listeners",
					() -> registries.stream()
						.<SmartLifecycle>flatMap((registry) -> registry.getListenerContainers().stream())
						.toList(),
					new RabbitShutdownTimeout(podLifecycleShutdownSettings.budget().untilClose()));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JmsListenerEndpointRegistry.class)
	@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.participants.jms.enabled", matchIfMissing = true)
	static class JmsConfiguration {

		@Bean
		@Order(Orders.WORK_SOURCE)
		ListenerContainers<SmartLifecycle> podLifecycleJmsListeners(
				ObjectProvider<JmsListenerEndpointRegistry> registries) {
			return new ListenerContainers<>("JMS listeners",
					() -> registries.stream().flatMap((registry) -> registry.getListenerContainers().stream()).toList(),
					(container) -> {
					});
		}

		@Bean
		JmsStopTimeouts podLifecycleJmsStopTimeouts(ObjectProvider<JmsListenerEndpointRegistry> registries) {
			return new JmsStopTimeouts(registries::stream);
		}

	}

}

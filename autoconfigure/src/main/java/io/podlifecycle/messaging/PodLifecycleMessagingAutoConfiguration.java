package io.podlifecycle.messaging;

import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.Orders;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.shutdown.ShutdownSettings;
import org.apache.kafka.streams.KafkaStreams;

import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.data.redis.stream.StreamMessageListenerContainer;
import org.springframework.integration.endpoint.AbstractEndpoint;
import org.springframework.jms.config.JmsListenerEndpointRegistry;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;
import org.springframework.util.ClassUtils;

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

	private static final String RABBIT_CONTAINER = "org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer";

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
	@ConditionalOnClass({ StreamsBuilderFactoryBean.class, KafkaStreams.class })
	@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.participants.kafka-streams.enabled",
			matchIfMissing = true)
	static class KafkaStreamsConfiguration {

		@Bean
		@Order(Orders.WORK_SOURCE)
		KafkaStreamsClose podLifecycleKafkaStreams(ObjectProvider<StreamsBuilderFactoryBean> factories,
				ShutdownSettings podLifecycleShutdownSettings) {
			return new KafkaStreamsClose(() -> factories.stream().toList(),
					podLifecycleShutdownSettings.budget().leastDrain());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(StreamMessageListenerContainer.class)
	@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.participants.redis-streams.enabled",
			matchIfMissing = true)
	static class RedisStreamsConfiguration {

		@Bean
		@Order(Orders.WORK_SOURCE)
		RedisStreams podLifecycleRedisStreams(ObjectProvider<StreamMessageListenerContainer<?, ?>> containers) {
			return new RedisStreams(containers::stream);
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
	@ConditionalOnClass(AbstractEndpoint.class)
	@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.participants.integration.enabled",
			matchIfMissing = true)
	static class IntegrationConfiguration {

		@Bean
		PollingEndpoints podLifecyclePollingEndpoints(ConfigurableListableBeanFactory beanFactory) {
			return new PollingEndpoints(beanFactory);
		}

		@Bean
		@Order(Orders.WORK_SOURCE)
		ListenerContainers<SmartLifecycle> podLifecycleEndpointContainers(ConfigurableListableBeanFactory beanFactory,
				ShutdownSettings podLifecycleShutdownSettings) {
			return new ListenerContainers<>("message-driven endpoints", new EndpointContainers(beanFactory),
					ClassUtils.isPresent(RABBIT_CONTAINER, beanFactory.getBeanClassLoader())
							? new RabbitShutdownTimeout(podLifecycleShutdownSettings.budget().untilClose())
							: (container) -> {
							});
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

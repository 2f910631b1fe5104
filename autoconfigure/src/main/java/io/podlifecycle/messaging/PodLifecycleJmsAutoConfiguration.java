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
import org.springframework.jms.config.JmsListenerEndpointRegistry;
import org.springframework.jms.listener.MessageListenerContainer;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the listeners of JMS.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PodLifecycleAutoConfiguration.class)
@ConditionalOnClass(JmsListenerEndpointRegistry.class)
@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.participants.jms.enabled", matchIfMissing = true)
@ConditionalOnShutdown
public final class PodLifecycleJmsAutoConfiguration {

	@Bean
	@Order(0) // Asked before the executors, to which it hands over work.
	ListenerContainers<MessageListenerContainer> podLifecycleJmsListeners(
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

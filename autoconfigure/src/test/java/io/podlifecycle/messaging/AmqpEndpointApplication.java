package io.podlifecycle.messaging;

import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.integration.amqp.inbound.AmqpInboundChannelAdapter;
import org.springframework.integration.amqp.inbound.AmqpInboundGateway;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Takes messages from RabbitMQ with Spring Integration in a process of its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableIntegration
@EnableScheduling
@Import({ RecordProcessor.class, RecordActivator.class })
class AmqpEndpointApplication {

	public static void main(String[] args) {
		SpringApplication.run(AmqpEndpointApplication.class, args);
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "app.replies", havingValue = false, matchIfMissing = true)
	AmqpInboundChannelAdapter adapter(ConnectionFactory connections, @Value("${app.queue}") String queue) {
		AmqpInboundChannelAdapter adapter = new AmqpInboundChannelAdapter(container(connections, queue));
		adapter.setOutputChannelName("recordsIn");
		return adapter;
	}

	@Bean
	@ConditionalOnBooleanProperty("app.replies")
	AmqpInboundGateway gateway(ConnectionFactory connections, @Value("${app.queue}") String queue) {
		AmqpInboundGateway gateway = new AmqpInboundGateway(container(connections, queue));
		gateway.setRequestChannelName("recordsIn");
		return gateway;
	}

	private static SimpleMessageListenerContainer container(ConnectionFactory connections, String queue) {
		SimpleMessageListenerContainer container = new SimpleMessageListenerContainer(connections);
		container.setQueueNames(queue);
		return container;
	}

}

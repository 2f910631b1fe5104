package io.podlifecycle.messaging;

import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.jms.inbound.ChannelPublishingJmsMessageListener;
import org.springframework.integration.jms.inbound.JmsInboundGateway;
import org.springframework.integration.jms.inbound.JmsMessageDrivenEndpoint;
import org.springframework.jms.listener.DefaultMessageListenerContainer;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Takes messages from a broker of JMS with Spring Integration in a process of its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableIntegration
@EnableScheduling
@Import({ RecordProcessor.class, RecordActivator.class })
class JmsEndpointApplication {

	public static void main(String[] args) {
		SpringApplication.run(JmsEndpointApplication.class, args);
	}

	@Bean
	ConnectionFactory connectionFactory(@Value("${app.broker}") String url) {
		return new ActiveMQConnectionFactory(url);
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "app.replies", havingValue = false, matchIfMissing = true)
	JmsMessageDrivenEndpoint adapter(ConnectionFactory connections, @Value("${app.queue}") String queue) {
		JmsMessageDrivenEndpoint adapter = new JmsMessageDrivenEndpoint(container(connections, queue),
				new ChannelPublishingJmsMessageListener());
		adapter.setOutputChannelName("recordsIn");
		return adapter;
	}

	@Bean
	@ConditionalOnBooleanProperty("app.replies")
	JmsInboundGateway gateway(ConnectionFactory connections, @Value("${app.queue}") String queue) {
		ChannelPublishingJmsMessageListener listener = new ChannelPublishingJmsMessageListener();
		listener.setExpectReply(true);
		listener.setRequestChannelName("recordsIn");
		return new JmsInboundGateway(container(connections, queue), listener);
	}

	private static DefaultMessageListenerContainer container(ConnectionFactory connections, String queue) {
		DefaultMessageListenerContainer container = new DefaultMessageListenerContainer();
		container.setConnectionFactory(connections);
		container.setDestinationName(queue);
		container.setSessionTransacted(true);
		return container;
	}

}

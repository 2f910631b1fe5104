package io.podlifecycle.messaging;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.amqp.rabbit.listener.DirectMessageListenerContainer;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.integration.amqp.inbound.AmqpInboundGateway;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.endpoint.EventDrivenConsumer;
import org.springframework.integration.jms.inbound.ChannelPublishingJmsMessageListener;
import org.springframework.integration.jms.inbound.JmsInboundGateway;
import org.springframework.integration.kafka.inbound.KafkaMessageDrivenChannelAdapter;
import org.springframework.jms.listener.DefaultMessageListenerContainer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

import static org.assertj.core.api.Assertions.assertThat;

class EndpointContainersTests {

	@Test
	void areThoseOfMessageDrivenEndpoints() {
		KafkaMessageListenerContainer<String, String> container = new KafkaMessageListenerContainer<>(
				new DefaultKafkaConsumerFactory<>(Map.of()), new ContainerProperties("records"));
		DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();
		beanFactory.registerSingleton("adapter", new KafkaMessageDrivenChannelAdapter<>(container));
		beanFactory.registerSingleton("consumer", new EventDrivenConsumer(new DirectChannel(), (message) -> {
		}));
		assertThat(new EndpointContainers(beanFactory).get()).containsExactly(container);
	}

	@Test
	void areThoseOfGatewaysForAmqpAndJms() {
		DirectMessageListenerContainer amqp = new DirectMessageListenerContainer();
		DefaultMessageListenerContainer jms = new DefaultMessageListenerContainer();
		DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();
		beanFactory.registerSingleton("amqp", new AmqpInboundGateway(amqp));
		beanFactory.registerSingleton("jms", new JmsInboundGateway(jms, new ChannelPublishingJmsMessageListener()));
		assertThat(new EndpointContainers(beanFactory).get()).containsExactly(amqp, jms);
	}

}

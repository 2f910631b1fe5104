package io.podlifecycle.messaging;

import java.util.ArrayList;
import java.util.List;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Tag;

/**
 * The message-driven endpoint and the gateway of Spring Integration for JMS, with
 * Artemis.
 */
@Tag("full")
class JmsEndpointIntegrationTests extends JmsListenerIntegrationTests implements GatewayContract {

	/** In milliseconds. After so long there is no further reply. */
	private static final long TIMEOUT = 2000;

	@Override
	String[] client() {
		return new String[] { "jms", "artemis", "activemq", "spring-integration" };
	}

	@Override
	Class<?> application() {
		return JmsEndpointApplication.class;
	}

	@Override
	public List<String> receivedReplies(String queue) {
		List<String> received = new ArrayList<>();
		try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(URL);
				JMSContext context = factory.createContext();
				JMSConsumer consumer = context.createConsumer(context.createQueue(replies(queue)))) {
			String reply = consumer.receiveBody(String.class, TIMEOUT);
			while (reply != null) {
				received.add(reply);
				reply = consumer.receiveBody(String.class, TIMEOUT);
			}
		}
		return received;
	}

}

package io.podlifecycle.messaging;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import org.junit.jupiter.api.Tag;

/**
 * The channel adapter and the gateway of Spring Integration, with a broker that speaks
 * the protocol of RabbitMQ.
 */
@Tag("full")
class AmqpEndpointIntegrationTests extends RabbitListenerIntegrationTests implements GatewayContract {

	@Override
	String[] client() {
		return new String[] { "rabbit", "amqp", "spring-integration" };
	}

	@Override
	Class<?> application() {
		return AmqpEndpointApplication.class;
	}

	@Override
	public List<String> receivedReplies(String queue) throws Exception {
		List<String> received = new ArrayList<>();
		try (Connection connection = connect(); Channel channel = connection.createChannel()) {
			GetResponse reply = channel.basicGet(replies(queue), true);
			while (reply != null) {
				received.add(new String(reply.getBody(), StandardCharsets.UTF_8));
				reply = channel.basicGet(replies(queue), true);
			}
		}
		return received;
	}

}

package io.podlifecycle.messaging;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The channel adapter and the gateway of Spring Integration, with a broker that speaks
 * the protocol of RabbitMQ.
 */
@Tag("full")
class AmqpEndpointIntegrationTests extends RabbitListenerIntegrationTests {

	@Override
	String[] client() {
		return new String[] { "rabbit", "amqp", "spring-integration" };
	}

	@Override
	Class<?> application() {
		return AmqpEndpointApplication.class;
	}

	@Test
	void aGatewayRepliesOnceToEachRequestAcrossARestart() throws Exception {
		assertEachIsDoneOnce(restartAmidRecords("requests", "--app.replies=true", "--app.steps=100"));
		assertThat(receivedReplies("requests"))
			.containsExactlyElementsOf(IntStream.rangeClosed(1, LAST).mapToObj(String::valueOf).toList());
	}

	@Test
	void withTheLibraryOffTheRequestInHandFails() throws Exception {
		Records records = restartAmidRecords("requests-without", "--app.replies=true", "--app.steps=100",
				"--pod-lifecycle.enabled=false");
		assertThat(records.missing().size() + records.triedAgain()).as("%s", records).isPositive();
	}

	private static List<String> receivedReplies(String queue) throws Exception {
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

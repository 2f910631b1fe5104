package io.podlifecycle.messaging;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import io.podlifecycle.broker.QpidBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * RabbitMQ's listeners, with a broker that speaks the same protocol.
 */
@Tag("full")
class RabbitListenerIntegrationTests extends ListenerContract {

	static QpidBroker broker;

	@BeforeAll
	static void start(@TempDir Path folder) throws Exception {
		broker = QpidBroker.start(folder);
	}

	@AfterAll
	static void stop() {
		broker.close();
	}

	@Override
	String[] client() {
		return new String[] { "rabbit", "amqp" };
	}

	@Override
	Class<?> application() {
		return RabbitListenerApplication.class;
	}

	@Override
	List<String> arguments() {
		return List.of("--spring.rabbitmq.host=127.0.0.1", "--spring.rabbitmq.port=" + broker.port());
	}

	@Override
	void send(String queue) throws Exception {
		try (Connection connection = connect(); Channel channel = connection.createChannel()) {
			channel.queueDeclare(queue, true, false, false, Map.of());
			channel.queueDeclare(replies(queue), true, false, false, Map.of());
			for (int record = 1; record <= LAST; record++) {
				channel.basicPublish("", queue, MessageProperties.TEXT_PLAIN.builder().replyTo(replies(queue)).build(),
						String.valueOf(record).getBytes(StandardCharsets.UTF_8));
			}
		}
	}

	static String replies(String queue) {
		return queue + "-replies";
	}

	static Connection connect() throws Exception {
		ConnectionFactory factory = new ConnectionFactory();
		factory.setHost("127.0.0.1");
		factory.setPort(broker.port());
		return factory.newConnection();
	}

	@Test
	void aRecordThatTakesLongerThanTheContainerWouldWaitIsDoneOnce() throws Exception {
		assertEachIsDoneOnce(restartAmidRecords("long", "--app.pause=6s"));
	}

	@Test
	void withTheLibraryOffARecordThatTakesLongIsInterrupted() throws Exception {
		Records records = restartAmidRecords("long-without", "--app.pause=6s", "--pod-lifecycle.enabled=false");
		assertThat(records.missing()).as("%s", records).isEmpty();
		assertThat(records.triedAgain()).as("%s", records).isPositive();
	}

}

package io.podlifecycle.messaging;

import java.util.List;

import io.podlifecycle.rehearsal.process.FreePort;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.Queue;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/**
 * The listeners of JMS, with Artemis.
 */
@Tag("full")
class JmsListenerIntegrationTests extends ListenerContract {

	private static final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();

	static final String URL = "tcp://127.0.0.1:" + FreePort.next();

	@BeforeAll
	static void start() throws Exception {
		Configuration configuration = new ConfigurationImpl().setPersistenceEnabled(false)
			.setSecurityEnabled(false)
			.setJMXManagementEnabled(false)
			.addAcceptorConfiguration("tcp", URL);
		broker.setConfiguration(configuration).start();
	}

	@AfterAll
	static void stop() throws Exception {
		broker.stop();
	}

	@Override
	String[] client() {
		return new String[] { "jms", "artemis", "activemq" };
	}

	@Override
	Class<?> application() {
		return JmsListenerApplication.class;
	}

	@Override
	List<String> arguments() {
		return List.of("--app.broker=" + URL);
	}

	static String replies(String queue) {
		return queue + "-replies";
	}

	@Override
	void send(String queue) {
		try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(URL);
				JMSContext context = factory.createContext()) {
			Queue destination = context.createQueue(queue);
			JMSProducer producer = context.createProducer().setJMSReplyTo(context.createQueue(replies(queue)));
			for (int record = 1; record <= LAST; record++) {
				producer.send(destination, String.valueOf(record));
			}
		}
	}

}

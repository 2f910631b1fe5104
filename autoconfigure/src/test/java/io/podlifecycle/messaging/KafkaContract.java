package io.podlifecycle.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/**
 * What reads from Kafka, whose broker is in this JVM.
 */
abstract class KafkaContract extends ListenerContract {

	private static EmbeddedKafkaKraftBroker broker;

	@BeforeAll
	static void start() {
		broker = new EmbeddedKafkaKraftBroker(1, 1);
		broker.afterPropertiesSet();
	}

	@AfterAll
	static void stop() {
		broker.destroy();
	}

	static String servers() {
		return broker.getBrokersAsString();
	}

	@Override
	String[] client() {
		return new String[] { "kafka" };
	}

	@Override
	List<String> arguments() {
		return List.of("--spring.kafka.bootstrap-servers=" + servers(),
				"--spring.kafka.consumer.auto-offset-reset=earliest");
	}

	@Override
	void send(String queue) throws Exception {
		Map<String, Object> properties = Map.of("bootstrap.servers", servers());
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(properties, new StringSerializer(),
				new StringSerializer())) {
			List<Future<RecordMetadata>> sent = new ArrayList<>();
			for (int record = 1; record <= LAST; record++) {
				sent.add(producer.send(new ProducerRecord<>(queue, String.valueOf(record))));
			}
			for (Future<RecordMetadata> record : sent) {
				record.get();
			}
		}
	}

}

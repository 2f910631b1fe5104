package io.podlifecycle.messaging;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka Streams.
 */
@Tag("full")
class KafkaStreamsIntegrationTests extends KafkaContract {

	@TempDir
	private Path state;

	@Override
	Class<?> application() {
		return KafkaStreamsApplication.class;
	}

	@Override
	List<String> arguments() {
		return List.of("--spring.kafka.bootstrap-servers=" + servers(),
				"--spring.kafka.streams.application-id=${app.queue}", "--spring.kafka.streams.state-dir=" + this.state,
				"--spring.kafka.streams.properties.auto.offset.reset=earliest");
	}

}

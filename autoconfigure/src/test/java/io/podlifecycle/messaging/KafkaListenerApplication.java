package io.podlifecycle.messaging;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Listens to Kafka in a process of its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableScheduling
@Import(RecordProcessor.class)
class KafkaListenerApplication {

	private final RecordProcessor processor;

	KafkaListenerApplication(RecordProcessor processor) {
		this.processor = processor;
	}

	public static void main(String[] args) {
		SpringApplication.run(KafkaListenerApplication.class, args);
	}

	@KafkaListener(topics = "${app.queue}", groupId = "records")
	void onRecord(String text) throws Exception {
		this.processor.process(text);
	}

}

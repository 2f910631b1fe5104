package io.podlifecycle.messaging;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Listens to Rabbit in a process of its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableScheduling
@Import(RecordProcessor.class)
class RabbitListenerApplication {

	private final RecordProcessor processor;

	RabbitListenerApplication(RecordProcessor processor) {
		this.processor = processor;
	}

	public static void main(String[] args) {
		SpringApplication.run(RabbitListenerApplication.class, args);
	}

	@RabbitListener(queues = "${app.queue}")
	void onRecord(String text) throws Exception {
		this.processor.process(text);
	}

}

package io.podlifecycle.messaging;

import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jms.annotation.JmsListener;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Listens to Jms in a process of its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableScheduling
@Import(RecordProcessor.class)
class JmsListenerApplication {

	private final RecordProcessor processor;

	JmsListenerApplication(RecordProcessor processor) {
		this.processor = processor;
	}

	public static void main(String[] args) {
		SpringApplication.run(JmsListenerApplication.class, args);
	}

	@JmsListener(destination = "${app.queue}")
	void onRecord(String text) throws Exception {
		this.processor.process(text);
	}

	@Bean
	ConnectionFactory connectionFactory(@Value("${app.broker}") String url) {
		return new ActiveMQConnectionFactory(url);
	}

}

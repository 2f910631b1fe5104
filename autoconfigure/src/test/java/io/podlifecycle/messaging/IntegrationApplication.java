package io.podlifecycle.messaging;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.kafka.inbound.KafkaMessageDrivenChannelAdapter;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Reads from Kafka with Spring Integration in a process of its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableIntegration
@EnableScheduling
@Import({ RecordProcessor.class, RecordActivator.class })
class IntegrationApplication {

	public static void main(String[] args) {
		SpringApplication.run(IntegrationApplication.class, args);
	}

	@Bean
	KafkaMessageDrivenChannelAdapter<String, String> records(ConsumerFactory<String, String> consumers,
			@Value("${app.queue}") String topic) {
		ContainerProperties properties = new ContainerProperties(topic);
		properties.setGroupId("records");
		KafkaMessageDrivenChannelAdapter<String, String> adapter = new KafkaMessageDrivenChannelAdapter<>(
				new KafkaMessageListenerContainer<>(consumers, properties));
		adapter.setOutputChannelName("recordsIn");
		return adapter;
	}

}

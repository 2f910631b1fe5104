package io.podlifecycle.messaging;

import java.util.function.Consumer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Has a function that Spring Cloud Stream binds to Kafka, in a process of its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableScheduling
@Import(RecordProcessor.class)
class BindingApplication {

	public static void main(String[] args) {
		SpringApplication.run(BindingApplication.class, args);
	}

	@Bean
	Consumer<String> records(RecordProcessor processor) {
		return (text) -> {
			try {
				processor.process(text);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		};
	}

}

package io.podlifecycle.messaging;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.annotation.EnableKafkaStreams;
import org.springframework.kafka.config.StreamsBuilderFactoryBeanConfigurer;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Processes a topic with Kafka Streams in a process of its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableKafkaStreams
@EnableScheduling
@Import(RecordProcessor.class)
class KafkaStreamsApplication {

	public static void main(String[] args) {
		SpringApplication.run(KafkaStreamsApplication.class, args);
	}

	@Bean
	KStream<String, String> records(StreamsBuilder builder, RecordProcessor processor,
			@Value("${app.queue}") String topic) {
		KStream<String, String> records = builder.stream(topic, Consumed.with(Serdes.String(), Serdes.String()));
		records.foreach((key, text) -> {
			try {
				processor.process(text);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		return records;
	}

	@Bean
	StreamsBuilderFactoryBeanConfigurer handover() {
		return (factory) -> factory.setLeaveGroupOnClose(true);
	}

}

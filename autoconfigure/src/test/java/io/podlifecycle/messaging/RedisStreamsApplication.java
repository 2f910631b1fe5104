package io.podlifecycle.messaging;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.stream.Consumer;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.connection.stream.ReadOffset;
import org.springframework.data.redis.connection.stream.StreamOffset;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.stream.StreamMessageListenerContainer;
import org.springframework.data.redis.stream.StreamMessageListenerContainer.StreamMessageListenerContainerOptions;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Listens to a stream of Redis in a process of its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableScheduling
@Import(RecordProcessor.class)
class RedisStreamsApplication {

	public static void main(String[] args) {
		SpringApplication.run(RedisStreamsApplication.class, args);
	}

	@Bean
	LettuceConnectionFactory connectionFactory(@Value("${app.redis}") int port) {
		return new LettuceConnectionFactory("127.0.0.1", port);
	}

	@Bean
	StreamMessageListenerContainer<String, MapRecord<String, String, String>> container(
			LettuceConnectionFactory connections, RecordProcessor processor, @Value("${app.queue}") String stream) {
		StreamMessageListenerContainer<String, MapRecord<String, String, String>> container = StreamMessageListenerContainer
			.create(connections, StreamMessageListenerContainerOptions.builder().batchSize(10).build());
		StringRedisTemplate template = new StringRedisTemplate(connections);
		container.receive(Consumer.from("records", "one"), StreamOffset.create(stream, ReadOffset.lastConsumed()),
				(message) -> {
					try {
						processor.process(String.valueOf(message.getValue().get("text")));
					}
					catch (Exception ex) {
						throw new IllegalStateException(ex);
					}
					template.opsForStream().acknowledge("records", message);
				});
		container.start();
		return container;
	}

}

package io.podlifecycle.messaging;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.requestreply.ReplyingKafkaTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kafka's listeners.
 */
class KafkaListenerIntegrationTests extends KafkaContract {

	@Override
	Class<?> application() {
		return KafkaListenerApplication.class;
	}

	@Test
	void repliesThatAreAwaitedStillArrive() throws Exception {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Asking.class)
			.web(WebApplicationType.NONE)
			.run(arguments().toArray(String[]::new))) {
			Asking.Template template = context.getBean(Asking.Template.class);
			assertThat(template.waitForAssignment(Duration.ofSeconds(30))).isTrue();
			context.getBean("podLifecycleKafkaListeners", ListenerContainers.class).quiesce();
			assertThat(context.getBean(KafkaListenerEndpointRegistry.class).getListenerContainers()).hasSize(1)
				.noneMatch(MessageListenerContainer::isRunning);
			assertThat(template.isRunning()).isTrue();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Asking {

		@Bean
		Template template(ProducerFactory<String, String> producers,
				ConcurrentKafkaListenerContainerFactory<String, String> containers) {
			ConcurrentMessageListenerContainer<String, String> replies = containers.createContainer("replies");
			replies.getContainerProperties().setGroupId("replies");
			return new Template(producers, replies);
		}

		@KafkaListener(topics = "questions", groupId = "questions")
		void onQuestion(String question) {
		}

		static class Template extends ReplyingKafkaTemplate<String, String, String> {

			Template(ProducerFactory<String, String> producers,
					ConcurrentMessageListenerContainer<String, String> replies) {
				super(producers, replies);
			}

		}

	}

}

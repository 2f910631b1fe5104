package io.podlifecycle.messaging;

import org.junit.jupiter.api.Tag;

/**
 * A message-driven channel adapter of Spring Integration.
 */
@Tag("full")
class MessageDrivenEndpointIntegrationTests extends KafkaContract {

	@Override
	String[] client() {
		return new String[] { "kafka", "spring-integration" };
	}

	@Override
	Class<?> application() {
		return IntegrationApplication.class;
	}

}

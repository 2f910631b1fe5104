package io.podlifecycle.messaging;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.integration.annotation.ServiceActivator;

/**
 * Processes what an endpoint of Spring Integration takes in, and replies to a gateway.
 */
class RecordActivator {

	private final RecordProcessor processor;

	private final boolean replies;

	RecordActivator(RecordProcessor processor, @Value("${app.replies:false}") boolean replies) {
		this.processor = processor;
		this.replies = replies;
	}

	@ServiceActivator(inputChannel = "recordsIn")
	@Nullable String process(String text) throws Exception {
		this.processor.process(text);
		return this.replies ? text : null;
	}

}

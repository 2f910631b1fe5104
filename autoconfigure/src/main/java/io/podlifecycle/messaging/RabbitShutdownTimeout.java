package io.podlifecycle.messaging;

import java.time.Duration;
import java.util.function.Consumer;

import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.context.SmartLifecycle;

/**
 * Lets a container that stops wait for its listeners as long as the shutdown does. After
 * its own five seconds it would close the channels of those that still work, and the
 * broker would deliver again what they are about to acknowledge.
 *
 * @since 0.1.0
 */
final class RabbitShutdownTimeout implements Consumer<SmartLifecycle> {

	private final Duration timeout;

	/**
	 * Create a timeout.
	 * @param timeout how long to wait
	 */
	public RabbitShutdownTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	@Override
	public void accept(SmartLifecycle container) {
		if (container instanceof AbstractMessageListenerContainer abstractContainer) {
			abstractContainer.setShutdownTimeout(this.timeout.toMillis());
		}
	}

}

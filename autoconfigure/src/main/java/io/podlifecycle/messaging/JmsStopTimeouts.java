package io.podlifecycle.messaging;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.podlifecycle.shutdown.StopTimeouts;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.jms.config.JmsListenerEndpointRegistry;
import org.springframework.jms.listener.AbstractPollingMessageListenerContainer;

/**
 * How long JMS listener containers wait for their listeners when they are destroyed, one
 * after the other: twice their receive timeout, and without a limit where that has none.
 *
 * @since 0.1.0
 */
final class JmsStopTimeouts implements StopTimeouts {

	private final Supplier<Stream<JmsListenerEndpointRegistry>> registries;

	/**
	 * Create a view on the timeouts.
	 * @param registries returns what knows the containers
	 */
	public JmsStopTimeouts(Supplier<Stream<JmsListenerEndpointRegistry>> registries) {
		this.registries = registries;
	}

	@Override
	public void lowerTo(Duration limit) {
		this.registries.get()
			.flatMap((registry) -> registry.getListenerContainers().stream())
			.filter(AbstractPollingMessageListenerContainer.class::isInstance)
			.map(AbstractPollingMessageListenerContainer.class::cast)
			.forEach((container) -> lower(container, limit.toMillis()));
	}

	/** There is no public getter. */
	private static void lower(AbstractPollingMessageListenerContainer container, long limit) {
		Object timeout = new DirectFieldAccessor(container).getPropertyValue("receiveTimeout");
		if (timeout instanceof Long configured && (configured <= 0 || configured > limit)) {
			container.setReceiveTimeout(limit);
		}
	}

}

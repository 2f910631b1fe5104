package io.podlifecycle.messaging;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.podlifecycle.shutdown.Participant;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.context.Lifecycle;
import org.springframework.data.redis.stream.StreamMessageListenerContainer;
import org.springframework.data.redis.stream.Subscription;

/**
 * Listener containers of Redis Streams. Their own stop only asks subscriptions to end:
 * until they have, they process the records that they have read.
 *
 * @since 0.1.0
 */
final class RedisStreams implements Participant {

	private final Supplier<Stream<StreamMessageListenerContainer<?, ?>>> containers;

	private volatile List<Subscription> subscriptions = List.of();

	/**
	 * Create a participant.
	 * @param containers returns the containers that there are when the shutdown begins
	 */
	public RedisStreams(Supplier<Stream<StreamMessageListenerContainer<?, ?>>> containers) {
		this.containers = containers;
	}

	@Override
	public String name() {
		return "Redis Streams listeners";
	}

	@Override
	public void quiesce() {
		List<StreamMessageListenerContainer<?, ?>> running = this.containers.get()
			.filter(Lifecycle::isRunning)
			.toList();
		this.subscriptions = running.stream().flatMap(RedisStreams::subscriptions).toList();
		running.forEach(Lifecycle::stop);
	}

	/** There is no public getter. */
	private static Stream<Subscription> subscriptions(StreamMessageListenerContainer<?, ?> container) {
		Object field = new DirectFieldAccessor(container).getPropertyValue("subscriptions");
		return (field instanceof Collection<?> subscriptions) ? subscriptions.stream().map(Subscription.class::cast)
				: Stream.empty();
	}

	@Override
	public long inFlight() {
		return this.subscriptions.stream().filter(Subscription::isActive).count();
	}

}

package io.podlifecycle.messaging;

import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;

import io.podlifecycle.shutdown.Participant;

import org.springframework.kafka.config.StreamsBuilderFactoryBean;

/**
 * Closes Kafka Streams when the drain begins: until then requests arrive that may query
 * its stores. It counts as work in flight until it has processed the record in hand and
 * committed.
 *
 * @since 0.1.0
 */
final class KafkaStreamsClose implements Participant {

	private final ListenerContainers<StreamsBuilderFactoryBean> factories;

	/**
	 * Create a participant.
	 * @param factories returns what has started Kafka Streams
	 * @param timeout how long the close may take
	 */
	public KafkaStreamsClose(Supplier<Collection<StreamsBuilderFactoryBean>> factories, Duration timeout) {
		int seconds = (int) Math.max(1, timeout.toSeconds());
		this.factories = new ListenerContainers<>("Kafka Streams", factories,
				(factory) -> factory.setCloseTimeout(seconds));
	}

	@Override
	public String name() {
		return this.factories.name();
	}

	@Override
	public void drain() {
		this.factories.quiesce();
	}

	@Override
	public long inFlight() {
		return this.factories.inFlight();
	}

}

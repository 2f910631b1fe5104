package io.podlifecycle.messaging;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.podlifecycle.shutdown.Participant;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.integration.endpoint.AbstractEndpoint;
import org.springframework.integration.endpoint.PollingConsumer;
import org.springframework.integration.endpoint.SourcePollingChannelAdapter;
import org.springframework.integration.store.MessageGroupQueue;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.support.ExecutorChannelInterceptor;

/**
 * Endpoints of Spring Integration that poll. When the shutdown begins inbound channel
 * adapters poll no more, and finish the message in hand; {@code stop()} would interrupt
 * it. Consumers go on until the queues in memory that they poll are empty.
 *
 * @since 0.1.0
 */
final class PollingEndpoints implements Participant {

	private final ListableBeanFactory beanFactory;

	private final AtomicLong inHand = new AtomicLong();

	private volatile List<QueueChannel> queues = List.of();

	/**
	 * Create a participant.
	 * @param beanFactory knows the endpoints
	 */
	public PollingEndpoints(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public String name() {
		return "polling endpoints";
	}

	@Override
	public void quiesce() {
		this.queues = this.beanFactory.getBeansOfType(PollingConsumer.class, false, false)
			.values()
			.stream()
			.filter(AbstractEndpoint::isRunning)
			.map(PollingConsumer::getInputChannel)
			.filter(PollingEndpoints::isInMemory)
			.map(QueueChannel.class::cast)
			.distinct()
			.toList();
		this.queues.forEach((queue) -> queue.addInterceptor(new Counter()));
		this.beanFactory.getBeansOfType(SourcePollingChannelAdapter.class, false, false)
			.values()
			.forEach(PollingEndpoints::endPolls);
	}

	/** What is in a message store waits for the next instance. */
	private static boolean isInMemory(MessageChannel channel) {
		return channel instanceof QueueChannel
				&& !(new DirectFieldAccessor(channel).getPropertyValue("queue") instanceof MessageGroupQueue);
	}

	private static void endPolls(SourcePollingChannelAdapter endpoint) {
		endpoint.setMaxMessagesPerPoll(0);
		// An endpoint whose maximum is zero would log each trigger.
		endpoint.setTaskExecutor((poll) -> {
		});
	}

	@Override
	public long inFlight() {
		return this.inHand.get() + this.queues.stream().mapToLong(QueueChannel::getQueueSize).sum();
	}

	/** The message in hand may end up in another queue. */
	private final class Counter implements ExecutorChannelInterceptor {

		@Override
		public Message<?> beforeHandle(Message<?> message, MessageChannel channel, MessageHandler handler) {
			PollingEndpoints.this.inHand.incrementAndGet();
			return message;
		}

		@Override
		public void afterMessageHandled(Message<?> message, MessageChannel channel, MessageHandler handler,
				@Nullable Exception ex) {
			PollingEndpoints.this.inHand.decrementAndGet();
		}

	}

}

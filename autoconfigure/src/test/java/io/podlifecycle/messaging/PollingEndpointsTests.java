package io.podlifecycle.messaging;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.core.MessageSource;
import org.springframework.integration.endpoint.PollingConsumer;
import org.springframework.integration.endpoint.SourcePollingChannelAdapter;
import org.springframework.integration.store.MessageGroupQueue;
import org.springframework.integration.store.SimpleMessageStore;
import org.springframework.integration.support.MessageBuilder;
import org.springframework.messaging.MessageHandler;
import org.springframework.scheduling.support.PeriodicTrigger;

import static io.podlifecycle.Conditions.await;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PollingEndpointsTests {

	@Test
	void theMessageInHandIsFinishedAndNoneIsPolledAnyMore() throws Exception {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Flow.class)) {
			Flow flow = context.getBean(Flow.class);
			flow.begun.await();
			new PollingEndpoints(context.getBeanFactory()).quiesce();
			int polls = flow.polls.get();
			flow.end.countDown();
			await(() -> flow.handled.get() == 1);
			CompletableFuture
				.runAsync(flow.end::countDown, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS))
				.get();
			assertThat(flow.polls).hasValue(polls);
			assertThat(flow.interrupted).isFalse();
		}
	}

	@Test
	void withoutUsItPollsOn() throws Exception {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Flow.class)) {
			Flow flow = context.getBean(Flow.class);
			flow.end.countDown();
			await(() -> flow.handled.get() > 10);
		}
	}

	@Test
	void aQueueIsInFlightUntilItsLastMessageIsHandled() throws Exception {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Queues.class)) {
			Queues queues = context.getBean(Queues.class);
			PollingEndpoints endpoints = new PollingEndpoints(context.getBeanFactory());
			endpoints.quiesce();
			QueueChannel queue = context.getBean("queue", QueueChannel.class);
			queue.send(MessageBuilder.withPayload(1).build());
			queue.send(MessageBuilder.withPayload(2).build());
			queues.begun.await();
			assertThat(queue.getQueueSize()).isOne();
			assertThat(endpoints.inFlight()).isEqualTo(2);
			queues.end.countDown();
			await(() -> endpoints.inFlight() == 0);
			assertThat(queues.handled).hasValue(2);
		}
	}

	@Test
	void aQueueThatNobodyPollsOrThatIsInAStoreIsNotWaitedFor() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Queues.class)) {
			PollingEndpoints endpoints = new PollingEndpoints(context.getBeanFactory());
			context.getBean("storeConsumer", PollingConsumer.class).stop();
			context.getBean("storeConsumer", PollingConsumer.class).setTrigger((triggerContext) -> null);
			context.getBean("storeConsumer", PollingConsumer.class).start();
			endpoints.quiesce();
			for (String channel : List.of("left", "store")) {
				QueueChannel queue = context.getBean(channel, QueueChannel.class);
				queue.send(MessageBuilder.withPayload(1).build());
				assertThat(queue.getQueueSize()).isOne();
			}
			assertThat(endpoints.inFlight()).isZero();
		}
	}

	@EnableIntegration
	static class Queues {

		private final AtomicInteger handled = new AtomicInteger();

		private final CountDownLatch begun = new CountDownLatch(1);

		private final CountDownLatch end = new CountDownLatch(1);

		@Bean
		QueueChannel queue() {
			return new QueueChannel();
		}

		@Bean
		QueueChannel left() {
			return new QueueChannel();
		}

		@Bean
		QueueChannel store() {
			return new QueueChannel(new MessageGroupQueue(new SimpleMessageStore(), "store"));
		}

		@Bean
		PollingConsumer consumer(QueueChannel queue) {
			return consumer(queue, (message) -> handle());
		}

		@Bean
		PollingConsumer storeConsumer(QueueChannel store) {
			return consumer(store, (message) -> {
			});
		}

		private static PollingConsumer consumer(QueueChannel channel, MessageHandler handler) {
			PollingConsumer consumer = new PollingConsumer(channel, handler);
			consumer.setTrigger(new PeriodicTrigger(Duration.ofMillis(1)));
			return consumer;
		}

		private void handle() {
			this.begun.countDown();
			try {
				this.end.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			this.handled.incrementAndGet();
		}

	}

	@EnableIntegration
	static class Flow {

		private final AtomicInteger polls = new AtomicInteger();

		private final AtomicInteger handled = new AtomicInteger();

		private final CountDownLatch begun = new CountDownLatch(1);

		private final CountDownLatch end = new CountDownLatch(1);

		private final AtomicBoolean interrupted = new AtomicBoolean();

		@Bean
		DirectChannel channel() {
			DirectChannel channel = new DirectChannel();
			channel.subscribe((message) -> handle());
			return channel;
		}

		@Bean
		SourcePollingChannelAdapter adapter(DirectChannel channel) {
			SourcePollingChannelAdapter adapter = new SourcePollingChannelAdapter();
			MessageSource<Integer> source = () -> MessageBuilder.withPayload(this.polls.incrementAndGet()).build();
			adapter.setSource(source);
			adapter.setOutputChannel(channel);
			adapter.setTrigger(new PeriodicTrigger(Duration.ofMillis(1)));
			adapter.setMaxMessagesPerPoll(10);
			return adapter;
		}

		private void handle() {
			this.begun.countDown();
			try {
				this.end.await();
			}
			catch (InterruptedException ex) {
				this.interrupted.set(true);
			}
			this.handled.incrementAndGet();
		}

	}

}

package io.podlifecycle.messaging;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.embedded.RedisServer;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.stream.StreamOffset;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.stream.StreamMessageListenerContainer;
import org.springframework.data.redis.stream.StreamMessageListenerContainer.StreamMessageListenerContainerOptions;

import static io.podlifecycle.Conditions.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listeners of a real Redis, which takes a second.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RedisStreamsTests {

	private final CountDownLatch begun = new CountDownLatch(1);

	private final CountDownLatch end = new CountDownLatch(1);

	private final AtomicInteger processed = new AtomicInteger();

	@Test
	void aContainerIsInFlightUntilItHasProcessedWhatItHasRead() throws Exception {
		int port = FreePort.next();
		RedisServer server = new RedisServer(port);
		server.start();
		LettuceConnectionFactory connections = new LettuceConnectionFactory("127.0.0.1", port);
		try {
			connections.afterPropertiesSet();
			connections.start();
			processWhileItStops(connections);
		}
		finally {
			connections.destroy();
			server.stop();
		}
	}

	private void processWhileItStops(LettuceConnectionFactory connections) throws InterruptedException {
		var container = StreamMessageListenerContainer.create(connections,
				StreamMessageListenerContainerOptions.builder().pollTimeout(Duration.ofMillis(50)).build());
		container.receive(StreamOffset.fromStart("records"), (record) -> process());
		RedisStreams participant = new RedisStreams(() -> Stream.of(container));
		StringRedisTemplate template = new StringRedisTemplate(connections);
		template.opsForStream().add("records", Map.of("text", "one"));
		container.start();
		this.begun.await();
		assertThat(participant.inFlight()).isZero();
		participant.quiesce();
		assertThat(container.isRunning()).isFalse();
		assertThat(participant.inFlight()).isOne();
		this.end.countDown();
		await(() -> participant.inFlight() == 0);
		assertThat(this.processed).hasValue(1);
	}

	private void process() {
		this.begun.countDown();
		try {
			this.end.await();
			this.processed.incrementAndGet();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}

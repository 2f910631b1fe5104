package io.podlifecycle.messaging;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.MessageListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Answers;
import org.mockito.Mockito;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.jms.config.DefaultJmsListenerContainerFactory;
import org.springframework.jms.config.JmsListenerEndpointRegistry;
import org.springframework.jms.config.SimpleJmsListenerEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A listener that never ends, not even when it is interrupted.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class JmsStopTimeoutsTests {

	private static final Duration LIMIT = Duration.ofMillis(200);

	private final CountDownLatch listens = new CountDownLatch(1);

	private final CountDownLatch released = new CountDownLatch(1);

	private final JmsListenerEndpointRegistry registry = new JmsListenerEndpointRegistry();

	private final JmsStopTimeouts timeouts = new JmsStopTimeouts(() -> Stream.of(this.registry));

	@AfterEach
	void release() {
		this.released.countDown();
	}

	@Test
	void itIsNotWaitedFor() throws InterruptedException {
		start(0);
		this.timeouts.lowerTo(LIMIT);
		this.registry.destroy();
		assertThat(this.released.getCount()).isOne();
	}

	@Test
	void springAloneWaitsForIt() throws Exception {
		start(0);
		CompletableFuture<Void> destroyed = CompletableFuture.runAsync(this.registry::destroy);
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> destroyed.get(1, TimeUnit.SECONDS));
		this.released.countDown();
		destroyed.get();
	}

	@ParameterizedTest
	@CsvSource({ "1000, 200", "100, 100" })
	void timeoutsAreOnlyLowered(long configured, long lowered) throws InterruptedException {
		start(configured);
		this.timeouts.lowerTo(LIMIT);
		assertThat(this.registry.getListenerContainers()).singleElement()
			.satisfies((container) -> assertThat(new DirectFieldAccessor(container).getPropertyValue("receiveTimeout"))
				.isEqualTo(lowered));
	}

	private void start(long receiveTimeout) throws InterruptedException {
		DefaultJmsListenerContainerFactory factory = new DefaultJmsListenerContainerFactory();
		factory.setConnectionFactory(Mockito.mock(ConnectionFactory.class, Answers.RETURNS_DEEP_STUBS));
		factory.setReceiveTimeout(receiveTimeout);
		SimpleJmsListenerEndpoint endpoint = new SimpleJmsListenerEndpoint();
		endpoint.setId("hangs");
		endpoint.setDestination("queue");
		endpoint.setMessageListener((MessageListener) (message) -> listen());
		this.registry.registerListenerContainer(endpoint, factory, true);
		this.registry.start();
		this.listens.await();
	}

	private void listen() {
		this.listens.countDown();
		while (this.released.getCount() > 0) {
			try {
				this.released.await();
			}
			catch (InterruptedException ex) {
				// It goes on.
			}
		}
	}

}

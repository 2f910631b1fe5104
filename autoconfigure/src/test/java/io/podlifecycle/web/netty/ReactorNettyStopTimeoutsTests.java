package io.podlifecycle.web.netty;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An event loop that is blocked, and does not react to an interrupt.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReactorNettyStopTimeoutsTests {

	private final CountDownLatch released = new CountDownLatch(1);

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final ReactorNettyStopTimeouts timeouts = new ReactorNettyStopTimeouts(this.context.getBeanFactory());

	private final ReactorResourceFactory resources = new ReactorResourceFactory();

	@AfterEach
	void release() {
		this.released.countDown();
		this.context.close();
	}

	@Test
	void aBlockedEventLoopIsNotWaitedFor() throws InterruptedException {
		start();
		this.timeouts.lowerTo(Duration.ofMillis(200));
		this.context.close();
		assertThat(this.context.isActive()).isFalse();
		assertThat(this.released.getCount()).isOne();
	}

	@Test
	void springAloneWaitsForIt() throws Exception {
		start();
		CompletableFuture<Void> closed = CompletableFuture.runAsync(this.context::close);
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> closed.get(1, TimeUnit.SECONDS));
		this.released.countDown();
		closed.get();
	}

	@Test
	void resourcesOfAnApplicationsOwnHaveNoQuietPeriod() {
		this.resources.setUseGlobalResources(false);
		this.context.registerBean(ReactorResourceFactory.class, () -> this.resources);
		this.context.refresh();
		this.timeouts.lowerTo(Duration.ofMillis(200));
		assertThat(new DirectFieldAccessor(this.resources).getPropertyValue("shutdownQuietPeriod"))
			.isEqualTo(Duration.ZERO);
	}

	private void start() throws InterruptedException {
		this.context.registerBean(ReactorResourceFactory.class, () -> this.resources);
		this.context.refresh();
		CountDownLatch blocked = new CountDownLatch(1);
		this.resources.getLoopResources().onServer(false).next().execute(() -> {
			blocked.countDown();
			block();
		});
		blocked.await();
	}

	private void block() {
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

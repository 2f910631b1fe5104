package io.podlifecycle.web.netty;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.netty.resolver.AddressResolverGroup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.transport.TransportConfig;

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

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aBlockedEventLoopIsNotWaitedFor(boolean global) throws InterruptedException {
		this.resources.setUseGlobalResources(global);
		start();
		this.timeouts.lowerTo(Duration.ofMillis(200));
		this.context.close();
		assertThat(this.context.isActive()).isFalse();
		assertThat(this.released.getCount()).isOne();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void springAloneWaitsForIt(boolean global) throws Exception {
		this.resources.setUseGlobalResources(global);
		start();
		CompletableFuture<Void> closed = CompletableFuture.runAsync(this.context::close);
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> closed.get(1, TimeUnit.SECONDS));
		this.released.countDown();
		closed.get();
	}

	@Test
	void connectionsOfABlockedEventLoopAreNotWaitedFor() {
		this.resources.setUseGlobalResources(false);
		this.resources.setConnectionProviderSupplier(NeverDisposed::new);
		this.context.registerBean(ReactorResourceFactory.class, () -> this.resources);
		this.context.refresh();
		this.timeouts.lowerTo(Duration.ofMillis(200));
		this.context.close();
		assertThat(this.context.isActive()).isFalse();
	}

	@Test
	void eventLoopsThatSpringDoesNotManageAreLeftAlone() {
		LoopResources loops = LoopResources.create("own", 1, true);
		this.resources.setUseGlobalResources(false);
		this.resources.setLoopResources(loops);
		this.context.registerBean(ReactorResourceFactory.class, () -> this.resources);
		this.context.refresh();
		this.timeouts.lowerTo(Duration.ofMillis(200));
		this.context.close();
		assertThat(loops.isDisposed()).isFalse();
		loops.dispose();
	}

	@Test
	void eventLoopsCanBeUsedUntilTheyAreDisposed() {
		this.resources.setUseGlobalResources(false);
		this.context.registerBean(ReactorResourceFactory.class, () -> this.resources);
		this.context.refresh();
		LoopResources loops = this.resources.getLoopResources();
		this.timeouts.lowerTo(Duration.ofMillis(200));
		assertThat(this.resources.getLoopResources().onServer(false)).isSameAs(loops.onServer(false));
		assertThat(this.resources.getLoopResources().onClient(false)).isSameAs(loops.onClient(false));
		this.context.close();
		assertThat(loops.isDisposed()).isTrue();
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

	private static final class NeverDisposed implements ConnectionProvider {

		@Override
		public Mono<? extends Connection> acquire(TransportConfig config, ConnectionObserver observer,
				@Nullable Supplier<? extends SocketAddress> address, @Nullable AddressResolverGroup<?> resolvers) {
			return Mono.never();
		}

		@Override
		public Mono<Void> disposeLater() {
			return Mono.never();
		}

	}

}

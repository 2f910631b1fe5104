package io.podlifecycle.web.reactive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.podlifecycle.stream.Streams;
import io.podlifecycle.time.FakeTime;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

class ReactiveWebSocketStreamsTests {

	private final FakeTime time = new FakeTime();

	private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

	private final ReactiveWebSocketStreams adapter = new ReactiveWebSocketStreams(
			new Streams(Duration.ZERO, () -> Duration.ofSeconds(20), Runnable::run, this.time, this.time),
			this.beans.getBeanProvider(HandlerAdapter.class), List.of());

	/** As without the library: an adapter may serve handlers of one type. */
	@Test
	void anAdapterOfTheApplicationGetsTheHandlerOfTheApplication() {
		OwnAdapter own = new OwnAdapter();
		this.beans.registerSingleton("ours", this.adapter);
		this.beans.registerSingleton("own", own);
		OwnHandler handler = new OwnHandler();
		this.adapter.handle(MockServerWebExchange.from(MockServerHttpRequest.get("/")), handler)
			.block(Duration.ofSeconds(60));
		assertThat(own.handled).containsExactly(handler);
	}

	private static final class OwnHandler implements WebSocketHandler {

		@Override
		public Mono<Void> handle(WebSocketSession session) {
			return Mono.empty();
		}

	}

	private static final class OwnAdapter implements HandlerAdapter {

		private final List<Object> handled = new ArrayList<>();

		@Override
		public boolean supports(Object handler) {
			return handler instanceof OwnHandler;
		}

		@Override
		public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
			this.handled.add(handler);
			return Mono.empty();
		}

	}

}

package io.podlifecycle.web.reactive;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.podlifecycle.stream.Streams;
import io.podlifecycle.time.FakeTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.adapter.AbstractListenerWebSocketSession;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

class ReactiveWebSocketStreamsTests {

	private final FakeTime time = new FakeTime();

	private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

	private final Streams streams = new Streams(Duration.ZERO, () -> Duration.ofSeconds(20), Runnable::run, this.time,
			this.time);

	private final ReactiveWebSocketStreams adapter = new ReactiveWebSocketStreams(this.streams,
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

	/** In a servlet container the handler fails first, whatever becomes of the close. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			1001 | 1 ended
			     | 0 ended, 1 cut off (1 WebSocket /)
			""")
	void aSessionWhoseCloseCannotBeSentIsCutOff(@Nullable Integer status, String outcome) {
		ContainerSession session = new ContainerSession((status != null) ? new CloseStatus(status) : null);
		WatchedReactiveHandler
			.of((same) -> session.handled.asMono(), MockServerWebExchange.from(MockServerHttpRequest.get("/")),
					this.streams, new ConnectionAborts(List.of()))
			.handle(session)
			.onErrorComplete()
			.subscribe();
		this.streams.drain();
		assertThat(this.streams.outcome()).isEqualTo(outcome);
	}

	private static final class ContainerSession extends AbstractListenerWebSocketSession<Object> {

		private final Sinks.Empty<Void> handled = Sinks.empty();

		private final Sinks.One<CloseStatus> closed = Sinks.one();

		private final @Nullable CloseStatus status;

		ContainerSession(@Nullable CloseStatus status) {
			super(new Object(), "1",
					new HandshakeInfo(URI.create("http://localhost/"), new HttpHeaders(), Mono.empty(), null),
					DefaultDataBufferFactory.sharedInstance);
			this.status = status;
		}

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public Mono<Void> close(CloseStatus status) {
			this.handled.tryEmitError(new IOException("The session is closing"));
			this.closed.tryEmitValue(this.status);
			return Mono.empty();
		}

		@Override
		public Mono<CloseStatus> closeStatus() {
			return this.closed.asMono();
		}

		@Override
		protected boolean canSuspendReceiving() {
			return false;
		}

		@Override
		protected void suspendReceiving() {
		}

		@Override
		protected void resumeReceiving() {
		}

		@Override
		protected boolean sendMessage(WebSocketMessage message) {
			return true;
		}

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

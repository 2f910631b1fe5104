package io.podlifecycle.web.reactive;

import java.util.List;

import io.podlifecycle.boot.Orders;
import io.podlifecycle.stream.Streams;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.support.WebSocketHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;

/**
 * Closes WebSocket sessions with status 1001 when a shutdown drains: hands each handler,
 * with its sessions watched, to the adapter that Spring has for it.
 *
 * @since 0.1.0
 */
final class ReactiveWebSocketStreams implements HandlerAdapter, Ordered {

	private final Streams streams;

	private final ObjectProvider<HandlerAdapter> adapters;

	private final ConnectionAborts connections;

	/**
	 * Create an adapter.
	 * @param streams where sessions are registered
	 * @param adapters all adapters, this one too
	 * @param connections what cuts their connections, for each server that there may be
	 */
	public ReactiveWebSocketStreams(Streams streams, ObjectProvider<HandlerAdapter> adapters,
			List<ExchangeConnections> connections) {
		this.streams = streams;
		this.connections = new ConnectionAborts(connections);
		this.adapters = adapters;
	}

	@Override
	public int getOrder() {
		return Orders.HANDLER_ADAPTER;
	}

	@Override
	public boolean supports(Object handler) {
		return handler instanceof WebSocketHandler && !(handler instanceof WatchedReactiveHandler);
	}

	@Override
	public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
		Object watched = WatchedReactiveHandler.of((WebSocketHandler) handler, exchange, this.streams,
				this.connections);
		HandlerAdapter adapter = this.adapters.orderedStream()
			.filter((other) -> other != this && other.supports(handler))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No adapter for " + handler));
		// An application's own may know its handlers by their type.
		return adapter.handle(exchange, (adapter instanceof WebSocketHandlerAdapter) ? watched : handler);
	}

}

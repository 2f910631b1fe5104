package io.podlifecycle.web.reactive;

import java.util.List;

import io.podlifecycle.boot.Orders;
import io.podlifecycle.stream.Streams;
import io.podlifecycle.web.LongLivedHandlers;
import reactor.core.publisher.Mono;

import org.springframework.core.PriorityOrdered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Ends the streams of Spring WebFlux when a shutdown drains: server-sent events, and
 * bodies of requests that are marked as {@link io.podlifecycle.web.LongLived}.
 *
 * @since 0.1.0
 */
final class WebFluxStreams implements WebFilter, PriorityOrdered {

	private final Streams streams;

	private final LongLivedHandlers longLived = new LongLivedHandlers();

	private final ConnectionAborts connections;

	/**
	 * Create a filter.
	 * @param streams where streams are registered
	 * @param connections what cuts their connections, for each server that there may be
	 */
	public WebFluxStreams(Streams streams, List<ExchangeConnections> connections) {
		this.streams = streams;
		this.connections = new ConnectionAborts(connections);
	}

	@Override
	public int getOrder() {
		return Orders.STREAMS_FILTER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		StreamingResponse response = StreamingResponse.of(exchange, this.streams, this.longLived, this.connections);
		return chain.filter(exchange.mutate().response(response).build());
	}

}

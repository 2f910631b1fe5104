package io.podlifecycle.web.reactive;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * Finds what cuts the connection of an exchange.
 */
final class ConnectionAborts {

	private final List<ExchangeConnections> connections;

	ConnectionAborts(List<ExchangeConnections> connections) {
		this.connections = List.copyOf(connections);
	}

	Runnable aborting(ServerHttpRequest request) {
		boolean known = request instanceof AbstractServerHttpRequest || request instanceof ServerHttpRequestDecorator;
		Stream<ExchangeConnections> candidates = known ? this.connections.stream() : Stream.empty();
		return candidates.map((each) -> each.aborting(ServerHttpRequestDecorator.getNativeRequest(request)))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(() -> {
			});
	}

}

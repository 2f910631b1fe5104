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

	/** Others, such as those of tests, have no native request. */
	static boolean isOfServer(ServerHttpRequest request) {
		return request instanceof AbstractServerHttpRequest || request instanceof ServerHttpRequestDecorator;
	}

	Runnable aborting(ServerHttpRequest request) {
		Stream<ExchangeConnections> candidates = isOfServer(request) ? this.connections.stream() : Stream.empty();
		return candidates.map((each) -> each.aborting(ServerHttpRequestDecorator.getNativeRequest(request)))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(() -> {
			});
	}

}

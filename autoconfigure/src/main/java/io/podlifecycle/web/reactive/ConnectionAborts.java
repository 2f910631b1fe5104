package io.podlifecycle.web.reactive;

import java.util.List;
import java.util.Objects;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Finds what cuts the connection of an exchange.
 */
final class ConnectionAborts {

	private final List<ExchangeConnections> connections;

	ConnectionAborts(List<ExchangeConnections> connections) {
		this.connections = List.copyOf(connections);
	}

	Runnable aborting(ServerHttpRequest request) {
		Object server = NativeRequest.of(request);
		if (server == null) {
			return ConnectionAborts::nothing;
		}
		return this.connections.stream()
			.map((each) -> each.aborting(server))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(ConnectionAborts::nothing);
	}

	private static void nothing() {
		// The connection is not known.
	}

}

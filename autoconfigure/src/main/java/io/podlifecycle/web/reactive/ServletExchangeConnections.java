package io.podlifecycle.web.reactive;

import io.podlifecycle.web.AbortableConnections;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a servlet container.
 *
 * @since 0.1.0
 */
final class ServletExchangeConnections implements ExchangeConnections {

	private final AbortableConnections connections;

	/**
	 * Create a view on the connections.
	 * @param connections the connections of the server
	 */
	public ServletExchangeConnections(AbortableConnections connections) {
		this.connections = connections;
	}

	@Override
	public @Nullable Runnable aborting(Object request) {
		if (request instanceof HttpServletRequest servletRequest) {
			String id = servletRequest.getServletConnection().getConnectionId();
			return () -> this.connections.abort(id);
		}
		return null;
	}

}

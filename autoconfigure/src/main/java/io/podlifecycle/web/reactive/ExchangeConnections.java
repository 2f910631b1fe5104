package io.podlifecycle.web.reactive;

import io.podlifecycle.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the connections of exchanges, in the way of their server.
 *
 * @since 0.1.0
 */
@Internal
@FunctionalInterface
public interface ExchangeConnections {

	/**
	 * Return what cuts the connection of an exchange: it does not wait, and whatever
	 * waits for the client fails.
	 * @param request the request of the server, which may be over when the connection is
	 * cut
	 * @return what does, or {@code null} if this is an exchange of another server
	 */
	@Nullable Runnable aborting(Object request);

}

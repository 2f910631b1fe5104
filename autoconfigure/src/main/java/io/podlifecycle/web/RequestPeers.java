package io.podlifecycle.web;

import java.util.List;

import io.podlifecycle.Internal;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Finds who has sent a request, by the address of the connection. Forwarding headers are
 * not trusted. Each server has its own implementation.
 *
 * @since 0.1.0
 */
@Internal
@FunctionalInterface
public interface RequestPeers {

	/**
	 * Return who has sent a request. Called for every request.
	 * @param request the request of the server
	 * @return the address of its connection without the port, the same for all
	 * connections of a peer; {@code null} if this is a request of another server
	 */
	@Nullable Object peerOf(Object request);

	/**
	 * Return the peers of several servers as one.
	 * @param servers each server
	 * @return the peers of all
	 */
	static RequestPeers of(ObjectProvider<RequestPeers> servers) {
		List<RequestPeers> all = servers.orderedStream().toList();
		return (request) -> {
			for (RequestPeers server : all) {
				Object peer = server.peerOf(request);
				if (peer != null) {
					return peer;
				}
			}
			return null;
		};
	}

}

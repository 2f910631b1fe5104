package io.podlifecycle.web.netty;

import io.podlifecycle.web.RequestPeers;
import io.podlifecycle.work.PeerAddress;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Who has sent a request to Reactor Netty.
 */
final class NettyRequestPeers implements RequestPeers {

	@Override
	public @Nullable Object peerOf(Object request) {
		return (request instanceof HttpServerRequest netty) ? PeerAddress.of(netty.connectionRemoteAddress()) : null;
	}

}

package io.podlifecycle.web.jetty;

import io.podlifecycle.web.RequestPeers;
import io.podlifecycle.work.PeerAddress;
import org.eclipse.jetty.ee11.servlet.ServletApiRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who has sent a request to Jetty. A {@code ForwardedRequestCustomizer} changes the
 * address of the request, and not that of its connection.
 */
final class JettyRequestPeers implements RequestPeers {

	@Override
	public @Nullable Object peerOf(Object request) {
		return (request instanceof ServletApiRequest jetty) ? PeerAddress
			.of(jetty.getRequest().getConnectionMetaData().getConnection().getEndPoint().getRemoteSocketAddress())
				: null;
	}

}

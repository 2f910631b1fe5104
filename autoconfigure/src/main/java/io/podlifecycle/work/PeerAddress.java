package io.podlifecycle.work;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

import io.podlifecycle.Internal;
import org.jspecify.annotations.Nullable;

/**
 * The address of a peer, whatever its port.
 *
 * @since 0.1.0
 */
@Internal
public final class PeerAddress {

	/** Of a Unix domain socket, for example. */
	private static final Object UNKNOWN = "unknown";

	private PeerAddress() {
	}

	/**
	 * Return the address of the peer of a connection.
	 * @param remote the remote address of the connection
	 * @return the address, one value for all connections of a peer
	 */
	public static Object of(@Nullable SocketAddress remote) {
		InetAddress address = (remote instanceof InetSocketAddress inet) ? inet.getAddress() : null;
		return (address != null) ? address : UNKNOWN;
	}

}

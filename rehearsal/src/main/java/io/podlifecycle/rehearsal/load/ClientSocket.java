package io.podlifecycle.rehearsal.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/**
 * Connects to a server. Only the first address of its name is tried: the others would be
 * retries.
 */
final class ClientSocket {

	private ClientSocket() {
	}

	/**
	 * Connect, with TLS for {@code https}.
	 * @param target an {@code http} or {@code https} URL
	 * @param timeout how long to wait for the connection, for the handshake, and then for
	 * whatever the server sends next
	 * @param protocol what to speak, as ALPN names it
	 * @return the connection; the caller closes it
	 * @throws IOException if there is none
	 */
	static Socket open(URI target, Duration timeout, String protocol) throws IOException {
		Socket socket = new Socket();
		try {
			boolean tls = "https".equals(target.getScheme());
			int port = (target.getPort() > 0) ? target.getPort() : tls ? 443 : 80;
			int millis = (int) timeout.toMillis();
			socket.setTcpNoDelay(true);
			socket.setSoTimeout(millis);
			socket.connect(new InetSocketAddress(InetAddress.getByName(target.getHost()), port), millis);
			return tls ? TrustingTls.upgrade(socket, target.getHost(), port, protocol) : socket;
		}
		catch (IOException ex) {
			socket.close();
			throw ex;
		}
	}

}

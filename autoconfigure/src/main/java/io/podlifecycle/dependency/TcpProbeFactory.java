package io.podlifecycle.dependency;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * {@code tcp://host:port}: something accepts a connection. The weakest of all answers: in
 * a service mesh it may be the proxy that accepts.
 */
final class TcpProbeFactory implements ProbeFactory {

	@Override
	public Set<String> schemes() {
		return Set.of("tcp");
	}

	@Override
	public Probe create(URI uri) {
		if (uri.getPort() <= 0) {
			throw new IllegalArgumentException("it has no port");
		}
		return (timeLimit) -> connect(uri.getHost(), uri.getPort(), timeLimit);
	}

	private static ProbeResult connect(String host, int port, Duration timeLimit) throws Exception {
		// The name is looked up anew for each try: the address may have moved.
		InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
		try (Socket socket = new Socket()) {
			socket.connect(address, Math.max(1, (int) timeLimit.toMillis()));
			return ProbeResult.answered();
		}
	}

}

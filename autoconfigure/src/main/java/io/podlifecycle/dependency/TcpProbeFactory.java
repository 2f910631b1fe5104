package io.podlifecycle.dependency;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Ticker;

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
		ProbeConnection.open(host, port, Deadline.after(timeLimit, Ticker.system())).close();
		return ProbeResult.answered();
	}

}

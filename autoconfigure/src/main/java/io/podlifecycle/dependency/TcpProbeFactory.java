package io.podlifecycle.dependency;

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
	public Probe create(ProbeRequest request) {
		Endpoint endpoint = Endpoint.of(request.withoutLogin().withoutOptionsBut().target().serverUri(), 0);
		return (timeLimit) -> {
			endpoint.tryConnect(timeLimit);
			return ProbeResult.answered();
		};
	}

}

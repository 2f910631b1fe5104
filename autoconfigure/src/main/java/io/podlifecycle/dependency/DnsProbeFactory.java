package io.podlifecycle.dependency;

import java.net.InetAddress;
import java.util.Set;

/**
 * {@code dns:name}: the name resolves.
 */
final class DnsProbeFactory implements ProbeFactory {

	@Override
	public Set<String> schemes() {
		return Set.of("dns");
	}

	@Override
	public Probe create(ProbeRequest request) {
		String name = request.withoutLogin().withoutOptionsBut().target().rest();
		if (name.isEmpty()) {
			throw new IllegalArgumentException("it has no name");
		}
		if (!name.matches("[^\\s/:@?#]+")) {
			throw new IllegalArgumentException("it is not 'dns:' and a name");
		}
		return (timeLimit) -> {
			// The look-up knows no limit: whoever calls this gives up on it.
			InetAddress.getByName(name);
			return ProbeResult.answered();
		};
	}

}

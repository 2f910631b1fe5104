package io.podlifecycle.earlyprobe;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;

import io.podlifecycle.Internal;

/**
 * Where an early probe server opens and what it answers. Immutable.
 *
 * @param address the address and port that the web server will have
 * @param livenessPaths the paths of the liveness probe
 * @param readinessPaths the paths of the readiness probe
 * @param maxTime how long liveness is granted: a start that hangs must not be hidden for
 * ever
 * @param showDetails whether readiness says what is missing
 * @since 0.1.0
 */
@Internal
public record EarlyProbeServerSettings(InetSocketAddress address, Set<String> livenessPaths, Set<String> readinessPaths,
		Duration maxTime, boolean showDetails) {

	public EarlyProbeServerSettings {
		livenessPaths = Set.copyOf(livenessPaths);
		readinessPaths = Set.copyOf(readinessPaths);
	}

}

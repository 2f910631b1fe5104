package io.podlifecycle.dependency;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The probes that can be made, by URI scheme. Immutable.
 *
 * @since 0.1.0
 */
public final class Probes {

	private final Map<String, ProbeFactory> factories = new TreeMap<>();

	/**
	 * Create a catalogue.
	 * @param factories the factories; of two for one scheme the first wins
	 */
	public Probes(List<ProbeFactory> factories) {
		for (ProbeFactory factory : factories) {
			factory.schemes().forEach((scheme) -> this.factories.putIfAbsent(scheme, factory));
		}
	}

	/**
	 * The probes that need nothing but the JDK.
	 * @return {@code tcp}, {@code http} and {@code https}
	 */
	public static Probes builtIn() {
		return new Probes(List.of(new TcpProbeFactory(), new HttpProbeFactory()));
	}

	/**
	 * Make the probe of a target. Nothing is resolved or connected yet.
	 * @param target what to probe
	 * @return the probe
	 * @throws IllegalArgumentException if no probe knows the scheme, or the target lacks
	 * something; the message says what and repeats no secret
	 */
	public Probe create(Target target) {
		ProbeFactory factory = this.factories.get(target.scheme());
		if (factory == null) {
			throw new IllegalArgumentException("its scheme '" + target.scheme() + "' is unknown; known are "
					+ String.join(", ", this.factories.keySet()));
		}
		return factory.create(target.uri());
	}

}

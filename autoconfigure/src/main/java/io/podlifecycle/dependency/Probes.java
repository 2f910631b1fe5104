package io.podlifecycle.dependency;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;

import io.podlifecycle.Internal;

/**
 * The probes that can be made, by scheme. Safe for use by several threads.
 *
 * @since 0.1.0
 */
@Internal
public final class Probes {

	private final Map<String, ProbeFactory> factories = new TreeMap<>();

	private final Executor threads = ProbeThreads.pool();

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
	 * The factories that need nothing but the JDK.
	 * @return those of {@code tcp}, {@code http}, {@code https}, {@code dns} and
	 * {@code file}
	 */
	public static List<ProbeFactory> builtIn() {
		return List.of(new TcpProbeFactory(), new HttpProbeFactory(), new DnsProbeFactory(), new FileProbeFactory());
	}

	/**
	 * Make a probe. Nothing is resolved or connected yet. Whatever hangs in it, each of
	 * its checks is back soon after its time limit, and what it finds holds no password
	 * of the request.
	 * @param request what to probe
	 * @return the probe
	 * @throws MissingLibraryException if a library is not on the class path
	 * @throws IllegalArgumentException if no probe knows the scheme, or the request lacks
	 * something; the message says what and repeats no secret
	 */
	public Probe create(ProbeRequest request) {
		String scheme = request.target().scheme();
		ProbeFactory factory = this.factories.get(scheme);
		if (factory == null) {
			throw new IllegalArgumentException(
					"its scheme '" + scheme + "' is unknown; known are " + String.join(", ", this.factories.keySet()));
		}
		Redaction redaction = Redaction.of(request);
		// The inner one turns failures into results, which pass between threads for less.
		return new BoundedProbe(new RedactingProbe(redaction, create(factory, request, redaction)), this.threads);
	}

	private static Probe create(ProbeFactory factory, ProbeRequest request, Redaction redaction) {
		try {
			return factory.create(request);
		}
		catch (MissingLibraryException ex) {
			throw ex;
		}
		catch (IllegalArgumentException ex) {
			// Without its cause, which may repeat a secret.
			throw new IllegalArgumentException(redaction.apply(String.valueOf(ex.getMessage())));
		}
	}

}

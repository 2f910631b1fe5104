package io.podlifecycle.dependency;

import java.net.URI;
import java.util.Set;

/**
 * Makes the probes of one or more URI schemes.
 *
 * @since 0.1.0
 */
public interface ProbeFactory {

	/**
	 * Return the schemes that this factory knows.
	 * @return the schemes, in lower case
	 */
	Set<String> schemes();

	/**
	 * Make a probe. Nothing is resolved or connected yet.
	 * @param uri what to probe, with one of the {@linkplain #schemes() schemes}
	 * @return the probe
	 * @throws IllegalArgumentException if the URI lacks something; the message says what
	 */
	Probe create(URI uri);

}

package io.podlifecycle.dependency;

import java.util.Set;

/**
 * Makes the probes of one or more schemes. To add a scheme, or to replace the probe of
 * one, name an implementation with a constructor without arguments in
 * {@code META-INF/spring.factories}: <pre>
 * io.podlifecycle.dependency.ProbeFactory=com.example.LdapProbeFactory
 * </pre> It wins over the library's own factory for a scheme. It is used before the
 * application's context exists, so it has no beans.
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
	 * @param request what to probe, with one of the {@linkplain #schemes() schemes}
	 * @return the probe
	 * @throws MissingLibraryException if a library is not on the class path
	 * @throws IllegalArgumentException if the request lacks something or has something
	 * that this factory does not know; the message says what, in words that go on from
	 * "cannot be used:", and repeats no secret
	 */
	Probe create(ProbeRequest request);

}

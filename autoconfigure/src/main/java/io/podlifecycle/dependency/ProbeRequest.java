package io.podlifecycle.dependency;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What a probe is made of. Its {@link #toString()} holds no secret. Immutable.
 *
 * @since 0.1.0
 */
public final class ProbeRequest {

	private final Target target;

	private final Credentials credentials;

	private final Map<String, String> options;

	private final @Nullable TlsSettings tls;

	private ProbeRequest(Target target, Credentials credentials, Map<String, String> options,
			@Nullable TlsSettings tls) {
		this.target = target;
		this.credentials = credentials;
		this.options = Map.copyOf(options);
		this.tls = tls;
	}

	/**
	 * A request with nothing but a target.
	 * @param target what to probe
	 * @return the request
	 */
	public static ProbeRequest of(Target target) {
		return new ProbeRequest(target, Credentials.NONE, Map.of(), null);
	}

	/**
	 * The same request with credentials.
	 * @param credentials who to log in as
	 * @return the other request
	 */
	public ProbeRequest withCredentials(Credentials credentials) {
		return new ProbeRequest(this.target, credentials, this.options, this.tls);
	}

	/**
	 * The same request with options.
	 * @param options values by name
	 * @return the other request
	 */
	public ProbeRequest withOptions(Map<String, String> options) {
		return new ProbeRequest(this.target, this.credentials, options, this.tls);
	}

	/**
	 * The same request with TLS of its own.
	 * @param tls whom to trust, and who to be
	 * @return the other request
	 */
	public ProbeRequest withTls(@Nullable TlsSettings tls) {
		return new ProbeRequest(this.target, this.credentials, this.options, tls);
	}

	/**
	 * Return what to probe.
	 * @return the target
	 */
	public Target target() {
		return this.target;
	}

	/**
	 * Return who to log in as, unless the target says so.
	 * @return the credentials
	 */
	public Credentials credentials() {
		return this.credentials;
	}

	/**
	 * Return the values that only this kind of probe knows: what the user has set under
	 * {@code options}, and for the library's own kinds what stands beside the URI, such
	 * as {@code method} or {@code driver-class-name}.
	 * @return the values by name
	 */
	public Map<String, String> options() {
		return this.options;
	}

	/**
	 * Return what the SSL bundle says that the user has named.
	 * @return the settings, or {@code null} if the JVM's default is to be used
	 */
	public @Nullable TlsSettings tls() {
		return this.tls;
	}

	/**
	 * Refuse options that would have no effect.
	 * @param known the names that the probe knows
	 * @return this request
	 * @throws IllegalArgumentException if there is another one
	 */
	public ProbeRequest withoutOptionsBut(String... known) {
		Collection<String> unknown = new TreeMap<>(this.options).keySet();
		unknown.removeAll(List.of(known));
		if (!unknown.isEmpty()) {
			throw new IllegalArgumentException("scheme '" + this.target.scheme() + "' has no option "
					+ String.join(", ", unknown.stream().map((name) -> "'" + name + "'").toList()));
		}
		return this;
	}

	/**
	 * Refuse credentials and an SSL bundle, where they would have no effect.
	 * @return this request
	 * @throws IllegalArgumentException if there are any
	 */
	public ProbeRequest withoutLogin() {
		return withoutCredentials().withoutTls();
	}

	/**
	 * Refuse credentials, where they would have no effect.
	 * @return this request
	 * @throws IllegalArgumentException if there are any
	 */
	public ProbeRequest withoutCredentials() {
		if (!this.credentials.equals(Credentials.NONE)) {
			throw new IllegalArgumentException("scheme '" + this.target.scheme() + "' has no username and no password");
		}
		return this;
	}

	/**
	 * Refuse an SSL bundle, where it would have no effect.
	 * @return this request
	 * @throws IllegalArgumentException if there is one
	 */
	public ProbeRequest withoutTls() {
		if (this.tls != null) {
			throw new IllegalArgumentException("scheme '" + this.target.scheme() + "' has no ssl-bundle");
		}
		return this;
	}

	/**
	 * Refuse an SSL bundle with ciphers or protocols, where they would have no effect.
	 * @return this request
	 * @throws IllegalArgumentException if there is one
	 */
	public ProbeRequest withoutTlsOptions() {
		if (this.tls != null && !(this.tls.ciphers().isEmpty() && this.tls.protocols().isEmpty())) {
			throw new IllegalArgumentException(
					"its ssl-bundle has ciphers or enabled-protocols, which the client of scheme '"
							+ this.target.scheme() + "' does not take");
		}
		return this;
	}

	@Override
	public String toString() {
		return this.target + " with " + this.credentials + " and options " + this.options.keySet();
	}

}

package io.podlifecycle.dependency;

import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whom to trust, who to be, and how to talk: what an SSL bundle holds, in the forms that
 * client libraries take. Immutable.
 *
 * @param context a context of the managers
 * @param keyManagers who to be
 * @param trustManagers whom to trust
 * @param ciphers the cipher suites to offer, empty for those of the JVM
 * @param protocols the versions of TLS to offer, empty for those of the JVM
 * @since 0.1.0
 */
public record TlsSettings(SSLContext context, KeyManagerFactory keyManagers, TrustManagerFactory trustManagers,
		List<String> ciphers, List<String> protocols) {

	public TlsSettings {
		ciphers = List.copyOf(ciphers);
		protocols = List.copyOf(protocols);
	}

	/**
	 * Return the parameters for a client's socket or engine of the {@link #context()}.
	 * @return parameters that the caller may change
	 */
	public SSLParameters parameters() {
		SSLParameters parameters = this.context.getDefaultSSLParameters();
		if (!this.ciphers.isEmpty()) {
			parameters.setCipherSuites(this.ciphers.toArray(String[]::new));
		}
		if (!this.protocols.isEmpty()) {
			parameters.setProtocols(this.protocols.toArray(String[]::new));
		}
		return parameters;
	}

}

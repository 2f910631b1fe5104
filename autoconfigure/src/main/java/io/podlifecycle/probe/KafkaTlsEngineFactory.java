package io.podlifecycle.probe;

import java.security.KeyStore;
import java.util.Map;
import java.util.Set;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

import io.podlifecycle.Internal;
import io.podlifecycle.dependency.TlsSettings;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.jspecify.annotations.Nullable;

/**
 * Lets Kafka's client use an SSL bundle. Public only because Kafka makes its instances.
 *
 * @since 0.1.0
 */
@Internal
public final class KafkaTlsEngineFactory implements SslEngineFactory {

	/** The name under which the client's configuration holds the {@link TlsSettings}. */
	static final String SETTINGS = "pod-lifecycle.tls";

	private @Nullable TlsSettings settings;

	/**
	 * Used by Kafka.
	 */
	public KafkaTlsEngineFactory() {
	}

	@Override
	public void configure(Map<String, ?> configuration) {
		this.settings = (TlsSettings) configuration.get(SETTINGS);
	}

	@Override
	public SSLEngine createClientSslEngine(String host, int port, String endpointIdentification) {
		if (this.settings == null) {
			throw new IllegalStateException("There is no '" + SETTINGS + "' in the configuration");
		}
		SSLEngine engine = this.settings.context().createSSLEngine(host, port);
		SSLParameters parameters = this.settings.parameters();
		parameters.setEndpointIdentificationAlgorithm(endpointIdentification);
		engine.setSSLParameters(parameters);
		engine.setUseClientMode(true);
		return engine;
	}

	@Override
	public SSLEngine createServerSslEngine(String host, int port) {
		throw new UnsupportedOperationException("A probe is a client");
	}

	@Override
	public boolean shouldBeRebuilt(Map<String, Object> nextConfiguration) {
		return false;
	}

	@Override
	public Set<String> reconfigurableConfigs() {
		return Set.of();
	}

	@Override
	public @Nullable KeyStore keystore() {
		return null;
	}

	@Override
	public @Nullable KeyStore truststore() {
		return null;
	}

	@Override
	public void close() {
		// Holds nothing.
	}

}

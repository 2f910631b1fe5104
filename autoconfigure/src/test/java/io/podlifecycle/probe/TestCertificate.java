package io.podlifecycle.probe;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.podlifecycle.dependency.TlsSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A certificate that its own key has signed: nobody trusts it unless told to.
 *
 * @param keyStore the PKCS12 file of key and certificate
 */
public record TestCertificate(Path keyStore) {

	/**
	 * The password of the file and the key.
	 */
	public static final String PASSWORD = "changeit";

	/**
	 * Make a certificate with the tool of the JDK.
	 * @param folder where to put it
	 * @param names the alternative names of its subject, such as {@code dns:localhost}
	 * @return the certificate
	 * @throws IOException if the tool cannot be run
	 * @throws InterruptedException if interrupted
	 */
	public static TestCertificate create(Path folder, String names) throws IOException, InterruptedException {
		Path keyStore = folder.resolve(names.replaceAll("\\W", "-") + ".p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-J-XX:TieredStopAtLevel=1", "-genkeypair", "-keystore", keyStore.toString(), "-storetype", "PKCS12",
				"-storepass", PASSWORD, "-alias", "server", "-keyalg", "EC", "-dname", "CN=test", "-ext",
				"SAN=" + names)
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		assertThat(keytool.waitFor()).isZero();
		return new TestCertificate(keyStore);
	}

	/**
	 * Return what a server needs that has this certificate.
	 * @return the context
	 * @throws GeneralSecurityException if the file cannot be used
	 * @throws IOException if the file cannot be read
	 */
	public SSLContext serverContext() throws GeneralSecurityException, IOException {
		return trusting().context();
	}

	/**
	 * Return what a client needs that trusts this certificate.
	 * @return the trust managers
	 * @throws GeneralSecurityException if the file cannot be used
	 * @throws IOException if the file cannot be read
	 */
	public TrustManagerFactory trustManagers() throws GeneralSecurityException, IOException {
		TrustManagerFactory trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trustManagers.init(keys());
		return trustManagers;
	}

	private KeyStore keys() throws GeneralSecurityException, IOException {
		return KeyStore.getInstance(this.keyStore.toFile(), PASSWORD.toCharArray());
	}

	TlsSettings trusting(String... protocols) throws GeneralSecurityException, IOException {
		KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keyManagers.init(keys(), PASSWORD.toCharArray());
		TrustManagerFactory trustManagers = trustManagers();
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
		return new TlsSettings(context, keyManagers, trustManagers, List.of(), List.of(protocols));
	}

}

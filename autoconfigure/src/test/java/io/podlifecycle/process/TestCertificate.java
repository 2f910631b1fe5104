package io.podlifecycle.process;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A self-signed certificate with its key.
 */
final class TestCertificate {

	private static final String PASSWORD = "changeit";

	private final Path keyStore;

	private TestCertificate(Path keyStore) {
		this.keyStore = keyStore;
	}

	static TestCertificate createIn(Path directory) throws IOException, InterruptedException {
		Path keyStore = directory.resolve("test.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "test", "-ext", "san=ip:127.0.0.1,dns:localhost", "-keyalg", "EC",
				"-groupname", "secp256r1", "-dname", "CN=localhost", "-validity", "2", "-storetype", "PKCS12",
				"-storepass", PASSWORD, "-keystore", keyStore.toString())
			.inheritIO()
			.start();
		if (keytool.waitFor() != 0) {
			throw new IllegalStateException("keytool failed");
		}
		return new TestCertificate(keyStore);
	}

	String[] arguments() {
		return new String[] { "--server.ssl.key-store=" + this.keyStore,
				"--server.ssl.key-store-password=" + PASSWORD };
	}

}

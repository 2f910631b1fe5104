package io.podlifecycle.dependency;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.podlifecycle.dependency.ProbeResult.Status;
import io.podlifecycle.probe.TestCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An HTTP probe over TLS, of a server whose certificate nobody trusts unless told to.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SecureHttpProbeTests {

	@TempDir
	private Path folder;

	@Test
	void aServerHasToBeTrusted() throws Exception {
		SSLContext context = TestCertificate.create(this.folder, "ip:127.0.0.1").serverContext();
		assertThat(check(context, settings(context, List.of()))).isEqualTo(ProbeResult.answered());
		ProbeResult untrusted = check(context, null);
		assertThat(untrusted.status()).isEqualTo(Status.NOT_YET);
		assertThat(untrusted.detail()).startsWith("SSLHandshakeException");
		assertThat(check(context, settings(context, List.of("TLSv1.2"))).detail()).startsWith("SSLHandshakeException");
	}

	@Test
	void aServerHasToBeTheOneThatWasAskedFor() throws Exception {
		SSLContext context = TestCertificate.create(this.folder, "dns:another.example").serverContext();
		assertThat(check(context, settings(context, List.of())).detail()).startsWith("SSLHandshakeException");
	}

	private static TlsSettings settings(SSLContext context, List<String> protocols) throws Exception {
		return new TlsSettings(context, KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm()),
				TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm()), List.of(), protocols);
	}

	private static ProbeResult check(SSLContext context, @Nullable TlsSettings tls) throws Exception {
		HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(context) {

			@Override
			public void configure(HttpsParameters parameters) {
				parameters.setProtocols(new String[] { "TLSv1.3" });
			}

		});
		server.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(204, -1);
			exchange.close();
		});
		server.start();
		try {
			ProbeRequest request = ProbeRequest.of(Target.of("https://127.0.0.1:" + server.getAddress().getPort()))
				.withTls(tls);
			return new Probes(Probes.builtIn()).create(request).check(Duration.ofSeconds(20));
		}
		finally {
			server.stop(0);
		}
	}

}

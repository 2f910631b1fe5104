package io.podlifecycle.dependency;

import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ProbeRequestTests {

	private final ProbeRequest plain = ProbeRequest.of(Target.of("x://host"));

	@Test
	void isShownWithoutItsSecrets() {
		ProbeRequest request = ProbeRequest.of(Target.of("x://user:secret@host"))
			.withCredentials(new Credentials("user", "secret"))
			.withOptions(Map.of("key", "secret"));
		assertThat(request).hasToString("x://host with credentials *** and options [key]");
		assertThat(this.plain).hasToString("x://host with no credentials and options []");
		assertThat(new Credentials(null, "secret")).hasToString("credentials ***");
		assertThat(new Credentials("user", null)).hasToString("credentials ***");
	}

	@Test
	void whatIsNotThereNeedNotBeRefused() {
		assertThat(this.plain.withoutLogin().withoutTlsOptions().withoutOptionsBut()).isSameAs(this.plain);
		assertThat(this.plain.withoutCredentials().withoutTls()).isSameAs(this.plain);
	}

	@Test
	void refusesWhatWouldHaveNoEffect() throws NoSuchAlgorithmException {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.plain.withCredentials(new Credentials("user", null)).withoutLogin())
			.withMessage("scheme 'x' has no username and no password");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.plain.withTls(tls(List.of(), List.of())).withoutLogin())
			.withMessage("scheme 'x' has no ssl-bundle");
		ProbeRequest request = this.plain.withOptions(Map.of("a", "1", "c", "3", "b", "2"));
		assertThat(request.withoutOptionsBut("a", "b", "c", "d")).isSameAs(request);
		assertThatIllegalArgumentException().isThrownBy(() -> request.withoutOptionsBut("b"))
			.withMessage("scheme 'x' has no option 'a', 'c'");
	}

	@Test
	void aBundleMayHaveNoCiphersAndNoProtocolsWhereTheyWouldHaveNoEffect() throws NoSuchAlgorithmException {
		ProbeRequest bare = this.plain.withTls(tls(List.of(), List.of()));
		assertThat(bare.withoutTlsOptions()).isSameAs(bare);
		for (TlsSettings tls : List.of(tls(List.of("TLS_AES_128_GCM_SHA256"), List.of()),
				tls(List.of(), List.of("TLSv1.3")))) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.plain.withTls(tls).withoutTlsOptions())
				.withMessage("its ssl-bundle has ciphers or enabled-protocols, "
						+ "which the client of scheme 'x' does not take");
		}
	}

	@Test
	void theParametersAreWhatTheBundleSaysOrElseTheJvm() throws NoSuchAlgorithmException {
		TlsSettings bare = tls(List.of(), List.of());
		assertThat(bare.parameters().getProtocols()).isEqualTo(bare.context().getDefaultSSLParameters().getProtocols());
		assertThat(bare.parameters().getCipherSuites()).hasSizeGreaterThan(1);
		TlsSettings chosen = tls(List.of("TLS_AES_128_GCM_SHA256"), List.of("TLSv1.3"));
		assertThat(chosen.parameters().getProtocols()).containsExactly("TLSv1.3");
		assertThat(chosen.parameters().getCipherSuites()).containsExactly("TLS_AES_128_GCM_SHA256");
	}

	private static TlsSettings tls(List<String> ciphers, List<String> protocols) throws NoSuchAlgorithmException {
		return new TlsSettings(SSLContext.getDefault(),
				KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm()),
				TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm()), ciphers, protocols);
	}

}

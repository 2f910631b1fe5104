package io.podlifecycle.probe;

import java.nio.file.Path;
import java.util.Set;

import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.ProbeResult.Status;
import io.podlifecycle.dependency.Target;
import io.podlifecycle.dependency.TlsSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What every probe that can use TLS does with real peers that do. Those that take seconds
 * are part of the default build for one client only.
 */
abstract class SecureProbeContract extends ProbeContract {

	@TempDir
	private static Path folder;

	private static TestCertificate certificate;

	@BeforeAll
	static void certify() throws Exception {
		certificate = TestCertificate.create(folder, "ip:127.0.0.1,dns:localhost");
	}

	static TestCertificate certificate() {
		return certificate;
	}

	/** Start a real peer that talks TLS, 1.3 if it can be told, and return its port. */
	abstract int startSecurePeer(TestCertificate certificate) throws Exception;

	/** Whether its client can be told what versions of TLS to offer. */
	boolean takesProtocols() {
		return true;
	}

	/** What to probe with TLS. */
	abstract ProbeRequest secureRequest(int port);

	@Test
	void withTheRightBundleAPeerWithTlsAnswersAndIsLeftWithoutATrace() throws Exception {
		try (Front front = Front.at(0, startSecurePeer(certificate))) {
			Probe probe = probe(front, certificate.trusting());
			ProbeResult first = probe.check(LIMIT);
			assertThat(first).as(first.detail()).isEqualTo(ProbeResult.answered());
			assertAnswersAndLeavesNothing(probe);
			assertAllIsClosed(front);
		}
	}

	@Test
	@Tag("full")
	void withoutABundleAPeerThatTheJvmDoesNotTrustIsToldByItsCertificate() throws Exception {
		try (Front front = Front.at(0, startSecurePeer(certificate))) {
			Probe probe = probe(front, null);
			assertThatTheCertificateIsToBlame(probe.check(SECURE_LIMIT));
			Set<Thread> before = threads();
			assertThatTheCertificateIsToBlame(probe.check(SECURE_LIMIT));
			assertNoThreadIsLeft(before);
			assertAllIsClosed(front);
		}
	}

	private static void assertThatTheCertificateIsToBlame(ProbeResult result) {
		assertThat(result.status()).as(result.detail()).isEqualTo(Status.NOT_YET);
		assertThat(result.detail()).contains("unable to find valid certification path");
	}

	@Test
	@Tag("full")
	void aCertificateForAnotherNameIsNotTrusted() throws Exception {
		TestCertificate other = TestCertificate.create(folder, "dns:other.example");
		try (Front front = Front.at(0, startSecurePeer(other))) {
			ProbeResult result = probe(front, other.trusting()).check(SECURE_LIMIT);
			assertThat(result.status()).as(result.detail()).isEqualTo(Status.NOT_YET);
			assertThat(result.detail()).contains("No subject alternative names matching IP address 127.0.0.1");
		}
	}

	@Test
	void theProtocolsOfTheBundleHoldOrAreRefused() throws Exception {
		ProbeRequest request = secureRequest(startSecurePeer(certificate));
		ProbeRequest old = request.withTls(certificate.trusting("TLSv1.2"));
		if (!takesProtocols()) {
			assertThatIllegalArgumentException().isThrownBy(() -> probe(old))
				.withMessageStartingWith("its ssl-bundle has ciphers or enabled-protocols, which the client of scheme");
			return;
		}
		ProbeResult result = probe(old).check(LIMIT);
		assertThat(result.status()).as(result.detail()).isEqualTo(Status.NOT_YET);
		assertThat(result.detail()).contains("protocol_version");
		assertThat(probe(request.withTls(certificate.trusting("TLSv1.3"))).check(LIMIT))
			.isEqualTo(ProbeResult.answered());
	}

	private Probe probe(Front front, @Nullable TlsSettings tls) {
		return probe(secureRequest(front.port()).withTls(tls));
	}

	void assertAllIsClosed(Front front) {
		await(() -> front.open() == 0);
		assertThat(front.open()).as("open connections").isZero();
	}

	static ProbeRequest request(String target) {
		return ProbeRequest.of(Target.of(target));
	}

}

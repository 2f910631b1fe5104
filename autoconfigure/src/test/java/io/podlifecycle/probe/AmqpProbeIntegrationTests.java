package io.podlifecycle.probe;

import java.nio.file.Path;

import io.podlifecycle.broker.QpidBroker;
import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.ProbeResult.Status;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The AMQP probe against a real broker that speaks AMQP 0-9-1, as RabbitMQ does.
 */
class AmqpProbeIntegrationTests extends SecureProbeContract {

	private static QpidBroker broker;

	private static int port;

	private @Nullable Front front;

	@BeforeAll
	static void start(@TempDir Path folder) throws Exception {
		broker = QpidBroker.start(folder);
		port = broker.port();
	}

	@AfterAll
	static void stop() {
		broker.close();
	}

	@Override
	String target(int port) {
		return "amqp://guest:guest@127.0.0.1:" + port;
	}

	@Override
	int startPeer() {
		return port;
	}

	@Override
	int startSecurePeer(TestCertificate certificate) throws Exception {
		this.front = Front.secure(certificate.serverContext(), port);
		return this.front.port();
	}

	@Override
	ProbeRequest secureRequest(int port) {
		return request("amqps://guest:guest@127.0.0.1:" + port);
	}

	@AfterEach
	void stopFront() {
		if (this.front != null) {
			this.front.close();
		}
	}

	@Override
	@Test
	void withoutABundleAPeerThatTheJvmDoesNotTrustIsToldByItsCertificate() throws Exception {
		super.withoutABundleAPeerThatTheJvmDoesNotTrustIsToldByItsCertificate();
	}

	@Override
	@Test
	void aCertificateForAnotherNameIsNotTrusted() throws Exception {
		super.aCertificateForAnotherNameIsNotTrusted();
	}

	@Test
	void aBrokerAnswers() throws Exception {
		Probe probe = probe(target(port));
		assertThat(probe.check(LIMIT)).isEqualTo(ProbeResult.answered());
		assertAnswersAndLeavesNothing(probe);
	}

	@Test
	void theVirtualHostIsThePath() throws Exception {
		assertThat(probe(target(port) + "/fortunes").check(LIMIT)).isEqualTo(ProbeResult.answered());
		assertThat(probe(target(port) + "/").check(LIMIT)).isEqualTo(ProbeResult.answered());
		ProbeResult unknown = probe(target(port) + "/nothing").check(LIMIT);
		assertThat(unknown.status()).as(unknown.detail()).isEqualTo(Status.NOT_YET);
	}

	@Test
	void theCredentialsMayStandBesideTheUri() throws Exception {
		String uri = "amqp://127.0.0.1:" + port;
		assertThat(probe(uri, "guest", "guest").check(LIMIT)).isEqualTo(ProbeResult.answered());
		ProbeResult wrong = probe(uri, "guest", "wr0ng").check(LIMIT);
		assertThat(wrong.status()).as(wrong.detail()).isEqualTo(Status.REFUSED);
		assertThat(wrong.detail()).doesNotContain("wr0ng");
	}

	@Test
	void aPlainBrokerIsNoTlsBroker() throws Exception {
		ProbeResult result = probe("amqps://guest:guest@127.0.0.1:" + port).check(LIMIT);
		assertThat(result.status()).as(result.detail()).isEqualTo(Status.NOT_YET);
	}

	@Test
	void saysWhatIsWrong() {
		assertThatIllegalArgumentException().isThrownBy(() -> probe("amqp://broker/a/b"))
			.withMessage("its path is not one virtual host");
	}

	@Test
	void aVirtualHostMayHaveASlashInItsName() throws Exception {
		ProbeResult unknown = probe(target(port) + "/%2Fproduction").check(LIMIT);
		assertThat(unknown.status()).as(unknown.detail()).isEqualTo(Status.NOT_YET);
		assertThat(probe(target(port) + "/%66ortunes").check(LIMIT)).isEqualTo(ProbeResult.answered());
	}

	@Override
	boolean isOfPeer(String thread) {
		return thread.startsWith("broker-") || thread.startsWith("IO-") || thread.startsWith("VirtualHost")
				|| thread.startsWith("Selector") || thread.startsWith("virtualhost-");
	}

}

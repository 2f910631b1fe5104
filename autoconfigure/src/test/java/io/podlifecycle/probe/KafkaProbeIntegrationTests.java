package io.podlifecycle.probe;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.ProbeResult.Status;
import io.podlifecycle.dependency.Target;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The Kafka probe against a real broker.
 */
class KafkaProbeIntegrationTests extends SecureProbeContract {

	private static final EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);

	private static final Map<TestCertificate, EmbeddedKafkaKraftBroker> secureBrokers = new HashMap<>();

	@BeforeAll
	static void start() {
		broker.afterPropertiesSet();
	}

	@AfterAll
	static void stop() {
		broker.destroy();
		secureBrokers.values().forEach(EmbeddedKafkaKraftBroker::destroy);
		secureBrokers.clear();
	}

	@Override
	String target(int port) {
		return "kafka://127.0.0.1:" + port;
	}

	@Override
	int startPeer() {
		return port(broker);
	}

	/** One for each certificate: a broker takes seconds to start. */
	@Override
	int startSecurePeer(TestCertificate certificate) {
		return port(secureBrokers.computeIfAbsent(certificate, KafkaProbeIntegrationTests::startSecureBroker));
	}

	/** Its clients go on to the address that it advertises, which has TLS too. */
	private static EmbeddedKafkaKraftBroker startSecureBroker(TestCertificate certificate) {
		EmbeddedKafkaKraftBroker secure = new EmbeddedKafkaKraftBroker(1, 1);
		Map.of("listener.security.protocol.map", "EXTERNAL:SSL,CONTROLLER:PLAINTEXT", "ssl.keystore.type", "PKCS12",
				"ssl.keystore.location", certificate.keyStore().toString(), "ssl.keystore.password",
				TestCertificate.PASSWORD, "ssl.truststore.type", "PKCS12", "ssl.truststore.location",
				certificate.keyStore().toString(), "ssl.truststore.password", TestCertificate.PASSWORD,
				"ssl.enabled.protocols", "TLSv1.3", "ssl.endpoint.identification.algorithm", "")
			.forEach(secure::brokerProperty);
		secure.afterPropertiesSet();
		return secure;
	}

	private static int port(EmbeddedKafkaKraftBroker broker) {
		return Integer.parseInt(broker.getBrokersAsString().replaceAll(".*:", ""));
	}

	@Override
	ProbeRequest secureRequest(int port) {
		return request(target(port)).withOptions(Map.of("security.protocol", "SSL"));
	}

	@Test
	void anSslBundleAloneMeansTls() throws Exception {
		TestCertificate certificate = certificate();
		ProbeRequest request = request(target(startSecurePeer(certificate)));
		assertThat(probe(request.withTls(certificate.trusting())).check(LIMIT)).isEqualTo(ProbeResult.answered());
		ProbeRequest plain = request.withTls(certificate.trusting())
			.withOptions(Map.of("security.protocol", "SASL_PLAINTEXT"));
		assertThatIllegalArgumentException().isThrownBy(() -> probe(plain))
			.withMessage("its ssl-bundle has no effect with the security.protocol 'SASL_PLAINTEXT'");
	}

	/** The client's thread may fail before it is asked anything. */
	@Test
	@Tag("full")
	void saysEachTimeWhyTheHandshakeFailed() throws Exception {
		TestCertificate certificate = certificate();
		Probe probe = probe(secureRequest(startSecurePeer(certificate)).withTls(certificate.trusting("TLSv1.2")));
		for (int attempt = 0; attempt < 60; attempt++) {
			assertThat(probe.check(LIMIT).detail()).contains("protocol_version");
		}
	}

	@Test
	void aBrokerAnswers() throws Exception {
		Probe probe = probe("kafka://" + broker.getBrokersAsString());
		assertThat(probe.check(LIMIT)).isEqualTo(ProbeResult.answered());
		assertAnswersAndLeavesNothing(probe);
	}

	@Test
	void oneBrokerOfSeveralIsEnough() throws Exception {
		assertThat(probe("kafka://127.0.0.1:" + freePort() + "," + broker.getBrokersAsString()).check(LIMIT))
			.isEqualTo(ProbeResult.answered());
	}

	@Test
	void theOptionsAreThoseOfTheClient() throws Exception {
		ProbeRequest request = ProbeRequest.of(Target.of("kafka://" + broker.getBrokersAsString()));
		ProbeResult result = probe(request.withOptions(Map.of("security.protocol", "SSL"))).check(SHORT_LIMIT);
		assertThat(result.status()).as(result.detail()).isIn(Status.NOT_YET, Status.TIMED_OUT);
	}

	/** The brokers of this test know no users. */
	@Test
	void aLogInThatFailsIsRefusedAndAHandshakeThatFailsIsNot() {
		assertThat(KafkaProbeFactory.result(new SaslAuthenticationException("wrong")).status())
			.isEqualTo(Status.REFUSED);
		assertThat(KafkaProbeFactory.result(new ClusterAuthorizationException("no")).status())
			.isEqualTo(Status.REFUSED);
		assertThat(KafkaProbeFactory.result(new SslAuthenticationException("certificate")).status())
			.isEqualTo(Status.NOT_YET);
	}

	@Test
	void theErrorsThatRefuseAreThoseOfLogInsAndRights() {
		assertThat(Stream.of(Errors.values())
			.filter((error) -> error.exception() != null)
			.filter((error) -> KafkaProbeFactory.result(error.exception()).status() == Status.REFUSED)
			.map(Errors::code)).contains((short) 58, (short) 33, (short) 34, (short) 31)
			.doesNotContain((short) 5, (short) 7, (short) 8, (short) 13, (short) 14);
	}

	@Test
	void saysWhatIsMissing() {
		assertThatIllegalArgumentException().isThrownBy(() -> probe("kafka://broker")).withMessage("it has no port");
		assertThatIllegalArgumentException().isThrownBy(() -> probe("kafka:broker:9092")).withMessage("it has no host");
		assertThatIllegalArgumentException().isThrownBy(() -> probe("kafka://a:1,,b:2"))
			.withMessage("it has no valid host");
	}

	@Override
	boolean isOfPeer(String thread) {
		return thread.startsWith("data-plane-") || thread.startsWith("kafka-") || thread.contains("raft");
	}

}

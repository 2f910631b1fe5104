package io.podlifecycle.probe;

import java.util.Map;

import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.ProbeResult.Status;
import io.podlifecycle.dependency.Target;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The Kafka probe against a real broker.
 */
class KafkaProbeTests extends ProbeContract {

	private static final EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);

	@BeforeAll
	static void start() {
		broker.afterPropertiesSet();
	}

	@AfterAll
	static void stop() {
		broker.destroy();
	}

	@Override
	String target(int port) {
		return "kafka://127.0.0.1:" + port;
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
		assertThat(result.status()).as(result.detail()).isEqualTo(Status.NOT_YET);
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

package io.podlifecycle.probe;

import java.io.IOException;
import java.util.Set;

import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.ProbeResult.Status;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Redis probe against a real server.
 */
class RedisProbeIntegrationTests extends SecureProbeContract {

	private @Nullable RedisServer server;

	private @Nullable Front front;

	@Override
	String target(int port) {
		return "redis://127.0.0.1:" + port;
	}

	@AfterEach
	void stop() throws IOException {
		if (this.server != null) {
			this.server.stop();
		}
	}

	@Override
	int startPeer() throws IOException {
		return start();
	}

	@Override
	int startSecurePeer(TestCertificate certificate) throws Exception {
		this.front = Front.secure(certificate.serverContext(), startPeer());
		return this.front.port();
	}

	@Override
	ProbeRequest secureRequest(int port) {
		return request("rediss://127.0.0.1:" + port);
	}

	@AfterEach
	void stopFront() {
		if (this.front != null) {
			this.front.close();
		}
	}

	/** The client looks up names by itself, and not by those that the JVM completes. */
	@Override
	@Test
	void aHostThatIsNoneByTheStandardOfUrisAnswers() throws Exception {
		ProbeResult result = probe("redis://user:p%40ss@127.1:" + start()).check(LIMIT);
		assertThat(result.detail()).startsWith("RedisConnectionException: Unable to connect to 127.1/");
	}

	@Test
	void aServerAnswers() throws Exception {
		Probe probe = probe(target(start()));
		assertAnswersAndLeavesNothing(probe);
	}

	@Test
	void aServerThatWantsAPasswordAnswersOnlyWithIt() throws Exception {
		int port = start("requirepass s3cret");
		assertThat(probe(target(port)).check(LIMIT).status()).isEqualTo(Status.REFUSED);
		ProbeResult wrong = probe("redis://:wr0ng@127.0.0.1:" + port).check(LIMIT);
		assertThat(wrong.status()).as(wrong.detail()).isEqualTo(Status.REFUSED);
		assertThat(wrong.detail()).doesNotContain("wr0ng");
		assertThat(probe("redis://:s3cret@127.0.0.1:" + port).check(LIMIT)).isEqualTo(ProbeResult.answered());
		assertThat(probe(target(port), null, "s3cret").check(LIMIT)).isEqualTo(ProbeResult.answered());
		assertThat(probe(target(port), "default", "s3cret").check(LIMIT)).isEqualTo(ProbeResult.answered());
	}

	/**
	 * If the client logs in by its handshake, it loses the reason of one refusal in 650
	 * on a busy machine.
	 */
	@Test
	@Tag("full")
	void everyRefusalIsReportedAsRefused() throws Exception {
		int port = start("requirepass s3cret");
		Probe probe = probe("redis://:wr0ng@127.0.0.1:" + port);
		for (int i = 0; i < 500; i++) {
			ProbeResult result = probe.check(LIMIT);
			assertThat(result.status()).as(result.detail()).isEqualTo(Status.REFUSED);
		}
	}

	@Test
	void aDatabaseThatTheServerDoesNotHaveIsNotYet() throws Exception {
		int port = start();
		assertThat(probe(target(port) + "/15").check(LIMIT)).isEqualTo(ProbeResult.answered());
		ProbeResult result = probe(target(port) + "/16").check(LIMIT);
		assertThat(result.status()).as(result.detail()).isEqualTo(Status.NOT_YET);
	}

	@Test
	void aServerThatLoadsItsDataIsNotYet() throws Exception {
		try (OddPeer peer = OddPeer.saying("-LOADING Redis is loading the dataset in memory\r\n")) {
			ProbeResult result = probe("redis://:s3cret@127.0.0.1:" + peer.port()).check(LIMIT);
			assertThat(result.status()).as(result.detail()).isEqualTo(Status.NOT_YET);
		}
	}

	@Test
	void aServerThatDiesIsAbsentAgain() throws Exception {
		int port = start();
		Probe probe = probe(target(port));
		assertThat(probe.check(LIMIT)).isEqualTo(ProbeResult.answered());
		stop();
		assertThat(probe.check(LIMIT).status()).isEqualTo(Status.ABSENT);
	}

	@Test
	void aPlainServerIsNoTlsServer() throws Exception {
		Probe probe = probe("rediss://127.0.0.1:" + start());
		Set<Thread> before = threads();
		ProbeResult result = probe.check(SHORT_LIMIT);
		assertThat(result.status()).as(result.detail()).isEqualTo(Status.TIMED_OUT);
		assertNoThreadIsLeft(before);
	}

	private int start(String... settings) throws IOException {
		int port = freePort();
		var builder = RedisServer.newRedisServer().port(port).setting("bind 127.0.0.1").setting("save \"\"");
		for (String setting : settings) {
			builder.setting(setting);
		}
		RedisServer started = builder.build();
		this.server = started;
		started.start();
		return port;
	}

}

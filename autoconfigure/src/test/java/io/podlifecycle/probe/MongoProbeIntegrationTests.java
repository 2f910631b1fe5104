package io.podlifecycle.probe;

import java.io.IOException;
import java.time.Duration;

import javax.security.sasl.SaslException;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.ServerAddress;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.ProbeResult.Status;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The MongoDB probe against a server that speaks its wire protocol.
 */
class MongoProbeIntegrationTests extends SecureProbeContract {

	private final MongoServer server = new MongoServer(new MemoryBackend());

	private @Nullable Front front;

	@AfterEach
	void stop() {
		this.server.shutdownNow();
	}

	@Override
	String target(int port) {
		return "mongodb://127.0.0.1:" + port + "/fortunes";
	}

	@Override
	int startPeer() {
		return this.server.bind().getPort();
	}

	@Override
	int startSecurePeer(TestCertificate certificate) throws Exception {
		this.front = Front.secure(certificate.serverContext(), startPeer());
		return this.front.port();
	}

	@Override
	boolean takesProtocols() {
		return false;
	}

	@Override
	ProbeRequest secureRequest(int port) {
		return request(target(port) + "?tls=true");
	}

	@AfterEach
	void stopFront() {
		if (this.front != null) {
			this.front.close();
		}
	}

	@Test
	void aServerAnswers() throws Exception {
		Probe probe = probe(target(this.server.bind().getPort()));
		assertThat(probe.check(LIMIT)).isEqualTo(ProbeResult.answered());
		assertAnswersAndLeavesNothing(probe);
	}

	@Test
	void aServerThatDiesIsAbsentAgain() throws Exception {
		Probe probe = probe(target(this.server.bind().getPort()));
		assertThat(probe.check(LIMIT)).isEqualTo(ProbeResult.answered());
		this.server.shutdownNow();
		assertThat(probe.check(LIMIT).status()).isEqualTo(Status.ABSENT);
	}

	@Test
	void aServerThatIsNotOfTheReplicaSetIsNoAnswer() throws Exception {
		Probe probe = probe(target(this.server.bind().getPort()) + "?replicaSet=rs0");
		ProbeResult result = probe.check(SHORT_LIMIT);
		assertThat(result.status()).as(result.detail()).isEqualTo(Status.TIMED_OUT);
	}

	/** The driver by itself waits for a server until its timeout. */
	@Test
	void whyNoServerCanBeUsedIsToldBeforeTheTimeIsOver() throws Exception {
		ProbeRequest request = secureRequest(startSecurePeer(certificate())).withTls(null);
		ProbeResult result = probe(request).check(Duration.ofMinutes(10));
		assertThat(result.status()).as(result.detail()).isEqualTo(Status.NOT_YET);
		assertThat(result.detail()).contains("unable to find valid certification path");
	}

	@Test
	void aServiceRecordThatDoesNotExistIsNoAnswer() throws Exception {
		String name = "x".repeat(64) + ".podlifecycle.invalid";
		ProbeResult result = probe("mongodb+srv://user:s3cret@" + name + "/").check(SHORT_LIMIT);
		assertThat(result.status()).isNotEqualTo(Status.ANSWERED);
		assertThat(result.detail()).doesNotContain("s3cret");
	}

	/** The server of this test knows no users. */
	@Test
	void aWrongPasswordIsRefused() {
		MongoCredential credential = MongoCredential.createCredential("user", "admin", "wr0ng".toCharArray());
		assertThat(MongoProbeFactory.result(new MongoSecurityException(credential, "failed")).status())
			.isEqualTo(Status.REFUSED);
		assertThat(duringLogIn(new SaslException("The signature of the server is invalid"))).isEqualTo(Status.REFUSED);
		assertThat(duringLogIn(failure(18))).isEqualTo(Status.REFUSED);
		assertThat(duringLogIn(failure(8000))).isEqualTo(Status.REFUSED);
		assertThat(MongoProbeFactory.result(failure(18)).status()).isEqualTo(Status.REFUSED);
		assertThat(MongoProbeFactory.result(failure(13)).status()).isEqualTo(Status.REFUSED);
		// Not primary, and no master.
		assertThat(MongoProbeFactory.result(failure(10107)).status()).isEqualTo(Status.NOT_YET);
		assertThat(MongoProbeFactory.result(failure(13435)).status()).isEqualTo(Status.NOT_YET);
	}

	/** The driver says that any failure during a log-in is one of security. */
	@Test
	void aServerThatStartsOrDiesDuringALogInIsNoRefusal() {
		assertThat(duringLogIn(failure(91))).isEqualTo(Status.NOT_YET);
		assertThat(duringLogIn(
				new MongoNodeIsRecoveringException(BsonDocument.parse("{ok: 0, code: 11600}"), new ServerAddress())))
			.isEqualTo(Status.NOT_YET);
		assertThat(duringLogIn(new MongoSocketReadException("Prematurely reached end of stream", new ServerAddress())))
			.isEqualTo(Status.NOT_YET);
		assertThat(duringLogIn(new MongoSocketReadTimeoutException("Timeout", new ServerAddress(), new IOException())))
			.isEqualTo(Status.TIMED_OUT);
	}

	private static Status duringLogIn(Throwable failure) {
		MongoCredential credential = MongoCredential.createCredential("user", "admin", "wr0ng".toCharArray());
		return MongoProbeFactory.result(new MongoSecurityException(credential, "Exception authenticating", failure))
			.status();
	}

	private static MongoCommandException failure(int code) {
		return new MongoCommandException(BsonDocument.parse("{ok: 0, code: " + code + ", errmsg: 'failed'}"),
				new ServerAddress());
	}

	@Test
	void saysWhatIsWrongWithoutASecret() {
		assertThatIllegalArgumentException().isThrownBy(() -> probe("mongodb://user:s3cret@/x"))
			.withMessageNotContaining("s3cret");
	}

	/** Beside the server's: the one thread of the driver that every client shares. */
	@Override
	boolean isOfPeer(String thread) {
		return thread.startsWith("mongo-server-") || thread.startsWith("BufferPoolPruner-");
	}

}

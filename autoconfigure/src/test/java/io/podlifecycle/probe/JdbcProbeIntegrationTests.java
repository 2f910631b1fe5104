package io.podlifecycle.probe;

import java.io.IOException;
import java.util.Map;

import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.ProbeResult.Status;
import io.podlifecycle.dependency.Target;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The JDBC probe against a real PostgreSQL server.
 */
class JdbcProbeIntegrationTests extends ProbeContract {

	private static EmbeddedPostgres server;

	@BeforeAll
	static void start() throws IOException {
		server = EmbeddedPostgres.builder().start();
	}

	@AfterAll
	static void stop() throws IOException {
		server.close();
	}

	@Override
	String target(int port) {
		return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&password=s3cret";
	}

	@Override
	int startPeer() {
		return server.getPort();
	}

	/** The default sslmode is "prefer": with TLS, and without if that is not answered. */
	@Override
	int mostLogins() {
		return 2;
	}

	@Override
	@Test
	void aPeerThatAcceptsAndNeverSpeaksIsLeftInTimeAndWithoutATrace() throws Exception {
		super.aPeerThatAcceptsAndNeverSpeaksIsLeftInTimeAndWithoutATrace();
	}

	@Override
	@Test
	void aPeerThatSpeaksSomethingElseIsNotYetThereAndLeftWithoutATrace() throws Exception {
		super.aPeerThatSpeaksSomethingElseIsNotYetThereAndLeftWithoutATrace();
	}

	@Override
	@Test
	void aPeerThatIsTooSlowIsLeftInTime() throws Exception {
		super.aPeerThatIsTooSlowIsLeftInTime();
	}

	@Test
	void aServerAnswers() throws Exception {
		assertAnswersAndLeavesNothing(probe(target(server.getPort())));
	}

	@Test
	void theCredentialsMayStandBesideTheUrl() throws Exception {
		String url = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
		assertThat(probe(url, "postgres", "s3cret").check(LIMIT)).isEqualTo(ProbeResult.answered());
		ProbeResult nobody = probe(url, "nobody", "s3cret").check(LIMIT);
		assertThat(nobody.status()).isEqualTo(Status.REFUSED);
		assertThat(nobody.detail()).contains("role \"nobody\" does not exist");
	}

	@Test
	void aDatabaseThatIsNotThereYetIsNotYet() throws Exception {
		Probe probe = probe("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/fortunes", "postgres", "s3cret");
		ProbeResult result = probe.check(LIMIT);
		assertThat(result.status()).isEqualTo(Status.NOT_YET);
		assertThat(result.detail()).contains("database \"fortunes\" does not exist").doesNotContain("s3cret");
	}

	@Test
	void aServerThatRefusesConnectionsWhileItStartsIsNotYet() throws Exception {
		// What PostgreSQL says for SQLSTATE 57P03, as an ErrorResponse to the
		// StartupMessage.
		String fields = "SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0";
		String message = "E\0\0\0" + (char) (fields.length() + 4) + fields;
		try (OddPeer peer = OddPeer.saying(message)) {
			Probe probe = probe(target(peer.port()) + "&sslmode=disable");
			ProbeResult result = probe.check(LIMIT);
			assertThat(result)
				.isEqualTo(ProbeResult.notYet("PSQLException: FATAL: the database system is starting up"));
			await(() -> peer.open() == 0);
			assertThat(peer.open()).isZero();
		}
	}

	@Test
	void aDriverCanBeNamed() throws Exception {
		ProbeRequest request = ProbeRequest.of(Target.of(target(server.getPort())));
		assertThat(probe(request.withOptions(Map.of("driver-class-name", "org.postgresql.Driver"))).check(LIMIT))
			.isEqualTo(ProbeResult.answered());
		assertThatIllegalArgumentException()
			.isThrownBy(() -> probe(request.withOptions(Map.of("driver-class-name", "com.example.Driver"))))
			.withMessage("its driver-class-name 'com.example.Driver' is no JDBC driver on the class path");
	}

	@Test
	void aServerThatDiesIsAbsentAgain() throws Exception {
		Server h2 = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
		Probe probe = probe("jdbc:h2:tcp://localhost:" + h2.getPort() + "/mem:fortunes");
		assertThat(probe.check(LIMIT)).isEqualTo(ProbeResult.answered());
		h2.stop();
		assertThat(probe.check(LIMIT).status()).isEqualTo(Status.ABSENT);
	}

	@Test
	void aDriverWithoutTimeLimitsIsLeftAllTheSame() throws Exception {
		try (OddPeer peer = OddPeer.silent()) {
			ProbeResult result = probe("jdbc:h2:tcp://localhost:" + peer.port() + "/mem:fortunes").check(SHORT_LIMIT);
			assertThat(result).isEqualTo(ProbeResult.timedOut("the try hangs; left it after 1000 ms"));
		}
	}

	@Test
	void aDatabaseInTheApplicationItselfAnswers() throws Exception {
		assertThat(probe("jdbc:h2:mem:fortunes").check(LIMIT)).isEqualTo(ProbeResult.answered());
	}

	@Test
	void aMissingDriverIsNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> probe("jdbc:mysql://db/x"))
			.withMessage("scheme 'jdbc:mysql' needs com.mysql:mysql-connector-j on the class path");
		assertThatIllegalArgumentException().isThrownBy(() -> probe("jdbc:strange:x"))
			.withMessage("scheme 'jdbc' needs its JDBC driver on the class path");
	}

}

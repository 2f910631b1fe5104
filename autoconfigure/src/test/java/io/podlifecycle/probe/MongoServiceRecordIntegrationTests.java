package io.podlifecycle.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.podlifecycle.rehearsal.process.AppProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code mongodb+srv://} with real records of a real name server, and TLS, which it
 * implies. The JVM's resolvers are those of the whole process, so it is another one.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("full")
class MongoServiceRecordIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final String NAME = "fortunes.podlifecycle.test";

	private static final String HOST = "mongo.podlifecycle.test";

	private final MongoServer server = new MongoServer(new MemoryBackend());

	@TempDir
	private Path folder;

	private DnsServer names;

	private TestCertificate certificate;

	private Front front;

	@BeforeEach
	void start() throws Exception {
		this.names = new DnsServer();
		this.certificate = TestCertificate.create(this.folder, "dns:" + HOST);
		this.front = Front.secure(this.certificate.serverContext(), this.server.bind().getPort());
	}

	@AfterEach
	void stop() {
		this.front.close();
		this.names.close();
		this.server.shutdownNow();
	}

	@Test
	void theRecordsAreLookedUpAnewForEachTry() throws IOException {
		try (AppProcess process = startToWait(true)) {
			process.awaitLog("TRIED PENDING", LIMIT);
			this.names.addText(NAME, "authSource=fortunes");
			this.names.addService("_mongodb._tcp." + NAME, HOST, this.front.port());
			process.awaitLog("TRIED ANSWERED", LIMIT);
			assertThat(this.names.questions()).contains("_mongodb._tcp." + NAME + " 33", NAME + " 16");
		}
	}

	@Test
	void aServerThatTheJvmDoesNotTrustIsToldByItsCertificate() throws IOException {
		this.names.addService("_mongodb._tcp." + NAME, HOST, this.front.port());
		try (AppProcess process = startToWait(false)) {
			process.awaitLog("unable to find valid certification path", LIMIT);
		}
	}

	@Test
	void whatTheTextRecordSaysHolds() throws IOException {
		this.names.addService("_mongodb._tcp." + NAME, HOST, this.front.port());
		this.names.addText(NAME, "replicaSet=rs0");
		try (AppProcess process = startToWait(true)) {
			process.awaitLog(Pattern.compile("^TRIED PENDING .*type=REPLICA_SET"), LIMIT);
		}
	}

	private AppProcess startToWait(boolean trusting) throws IOException {
		Path hosts = Files.writeString(this.folder.resolve("hosts"), "127.0.0.1 localhost " + HOST + "\n");
		var builder = AppProcess.builder()
			.mainClass(WaitMain.class.getName())
			.jvmOption("-Xmx128m", "-Djdk.net.hosts.file=" + hosts, "-Djava.naming.provider.url=" + this.names.url());
		if (trusting) {
			builder.jvmOption("-Djavax.net.ssl.trustStore=" + this.certificate.keyStore(),
					"-Djavax.net.ssl.trustStorePassword=" + TestCertificate.PASSWORD,
					"-Djavax.net.ssl.trustStoreType=PKCS12");
		}
		return builder.argument("mongodb+srv://" + NAME + "/").start();
	}

}

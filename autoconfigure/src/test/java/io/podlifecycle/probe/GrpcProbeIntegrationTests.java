package io.podlifecycle.probe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.ProbeResult.Status;
import io.podlifecycle.dependency.TlsSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The gRPC probe against a real server with the standard health service.
 */
class GrpcProbeIntegrationTests extends SecureProbeContract {

	private final HealthStatusManager health = new HealthStatusManager();

	private final List<Server> servers = new ArrayList<>();

	@AfterEach
	void stop() throws InterruptedException {
		for (Server server : this.servers) {
			server.shutdownNow().awaitTermination();
		}
	}

	@Override
	String target(int port) {
		return "grpc://127.0.0.1:" + port;
	}

	@Override
	int startPeer() throws IOException {
		return start(this.health.getHealthService());
	}

	@Override
	int startSecurePeer(TestCertificate certificate) throws Exception {
		TlsSettings tls = certificate.trusting();
		return start(TlsServerCredentials.newBuilder().keyManager(tls.keyManagers().getKeyManagers()).build(),
				this.health.getHealthService());
	}

	@Override
	boolean takesProtocols() {
		return false;
	}

	@Override
	ProbeRequest secureRequest(int port) {
		return request("grpcs://127.0.0.1:" + port);
	}

	@Test
	void anSslBundleAloneMeansTls(@TempDir Path folder) throws Exception {
		TestCertificate certificate = TestCertificate.create(folder, "ip:127.0.0.1");
		ProbeRequest request = request(target(startSecurePeer(certificate)));
		assertThat(probe(request.withTls(certificate.trusting())).check(LIMIT)).isEqualTo(ProbeResult.answered());
		assertThat(probe(request).check(LIMIT).status()).isEqualTo(Status.NOT_YET);
	}

	/** Its own client is as strict. */
	@Override
	@Test
	void aHostThatIsNoneByTheStandardOfUrisAnswers() {
		assertThatIllegalArgumentException().isThrownBy(() -> probe("grpc://my_service:9090"))
			.withMessage("it has no valid host for a client of gRPC");
	}

	@Test
	void aServerThatServesAnswers() throws Exception {
		Probe probe = probe(target(start(this.health.getHealthService())));
		assertThat(probe.check(LIMIT)).isEqualTo(ProbeResult.answered());
		assertAnswersAndLeavesNothing(probe);
	}

	@Test
	void aServiceIsAskedForByItsName() throws Exception {
		Probe probe = probe(target(start(this.health.getHealthService())) + "/fortune.Fortunes");
		assertThat(probe.check(LIMIT)).isEqualTo(ProbeResult.notYet("the server knows no service 'fortune.Fortunes'"));
		this.health.setStatus("fortune.Fortunes", ServingStatus.NOT_SERVING);
		assertThat(probe.check(LIMIT)).isEqualTo(ProbeResult.notYet("NOT_SERVING"));
		this.health.setStatus("fortune.Fortunes", ServingStatus.SERVING);
		assertThat(probe.check(LIMIT)).isEqualTo(ProbeResult.answered());
	}

	@Test
	void aServerWithoutTheHealthServiceIsNotYet() throws Exception {
		ProbeResult result = probe(target(start())).check(LIMIT);
		assertThat(result.status()).isEqualTo(Status.NOT_YET);
		assertThat(result.detail()).contains("UNIMPLEMENTED");
	}

	@Test
	void aServerThatDiesIsAbsentAgain() throws Exception {
		Probe probe = probe(target(start(this.health.getHealthService())));
		assertThat(probe.check(LIMIT)).isEqualTo(ProbeResult.answered());
		stop();
		assertThat(probe.check(LIMIT).status()).isEqualTo(Status.ABSENT);
	}

	@Test
	void saysWhatIsMissing() {
		assertThatIllegalArgumentException().isThrownBy(() -> probe("grpc://fortune")).withMessage("it has no port");
	}

	private int start(BindableService... services) throws IOException {
		return start(InsecureServerCredentials.create(), services);
	}

	private int start(ServerCredentials credentials, BindableService... services) throws IOException {
		ServerBuilder<?> builder = Grpc.newServerBuilderForPort(0, credentials);
		List.of(services).forEach(builder::addService);
		Server server = builder.build().start();
		this.servers.add(server);
		return server.getPort();
	}

	/** In one JVM the server and the client share their threads. */
	@Override
	boolean isOfPeer(String thread) {
		return !this.servers.isEmpty() && thread.startsWith("grpc-");
	}

}

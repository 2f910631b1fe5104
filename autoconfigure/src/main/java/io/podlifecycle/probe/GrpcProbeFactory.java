package io.podlifecycle.probe;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.podlifecycle.dependency.Endpoint;
import io.podlifecycle.dependency.MissingLibraryException;
import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeFactory;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.TlsSettings;
import io.podlifecycle.time.Deadline;

/**
 * {@code grpc://host:port[/service]}: the server's health service says SERVING, of the
 * server as a whole or of one service. With TLS if an SSL bundle is named, or the scheme
 * is {@code grpcs}.
 */
final class GrpcProbeFactory implements ProbeFactory {

	@Override
	public Set<String> schemes() {
		return Set.of("grpc", "grpcs");
	}

	@Override
	public Probe create(ProbeRequest request) {
		URI uri = request.withoutCredentials().withoutOptionsBut().withoutTlsOptions().target().serverUri();
		Endpoint endpoint = Endpoint.of(uri, 0);
		requireTransport(request.target().scheme());
		requireHost(endpoint);
		HealthCheckRequest question = HealthCheckRequest.newBuilder()
			.setService(uri.getPath().startsWith("/") ? uri.getPath().substring(1) : "")
			.build();
		ChannelCredentials credentials = credentials(request);
		return (timeLimit) -> {
			Deadline deadline = Deadline.after(timeLimit);
			// As the client does, which has a tunnel through a proxy.
			endpoint.orProxy("https").tryConnect(timeLimit);
			return ask(endpoint, credentials, question, deadline.remaining());
		};
	}

	private static ChannelCredentials credentials(ProbeRequest request) {
		TlsSettings tls = request.tls();
		if (tls != null) {
			return TlsChannelCredentials.newBuilder()
				.keyManager(tls.keyManagers().getKeyManagers())
				.trustManager(tls.trustManagers().getTrustManagers())
				.build();
		}
		return request.target().scheme().equals("grpcs") ? TlsChannelCredentials.create()
				: InsecureChannelCredentials.create();
	}

	private static void requireTransport(String scheme) {
		try {
			channel(new Endpoint("localhost", 1), InsecureChannelCredentials.create()).shutdownNow();
		}
		catch (RuntimeException ex) {
			throw new MissingLibraryException(scheme, "io.grpc:grpc-netty");
		}
	}

	/** The client of gRPC is stricter than the others: no underscores. */
	private static void requireHost(Endpoint endpoint) {
		try {
			channel(endpoint, InsecureChannelCredentials.create()).shutdownNow();
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("it has no valid host for a client of gRPC", ex);
		}
	}

	private static ManagedChannel channel(Endpoint endpoint, ChannelCredentials credentials) {
		return Grpc.newChannelBuilderForAddress(endpoint.host(), endpoint.port(), credentials)
			.disableRetry()
			.directExecutor()
			.userAgent("pod-lifecycle")
			.build();
	}

	private static ProbeResult ask(Endpoint endpoint, ChannelCredentials credentials, HealthCheckRequest question,
			Duration timeLimit) throws InterruptedException {
		ManagedChannel channel = channel(endpoint, credentials);
		try {
			ServingStatus status = HealthGrpc.newBlockingStub(channel)
				.withDeadlineAfter(timeLimit.toNanos(), TimeUnit.NANOSECONDS)
				.check(question)
				.getStatus();
			return (status == ServingStatus.SERVING) ? ProbeResult.answered() : ProbeResult.notYet(status.name());
		}
		catch (StatusRuntimeException ex) {
			return switch (ex.getStatus().getCode()) {
				case NOT_FOUND -> ProbeResult.notYet("the server knows no service '" + question.getService() + "'");
				case UNAUTHENTICATED, PERMISSION_DENIED -> ProbeResult.refused(ex);
				case DEADLINE_EXCEEDED -> ProbeResult.timedOut("the server did not answer in time");
				default -> ProbeResult.of(ex);
			};
		}
		finally {
			channel.shutdownNow().awaitTermination(1, TimeUnit.SECONDS);
		}
	}

}

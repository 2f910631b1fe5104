package io.podlifecycle.grpc;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.services.HealthStatusManager;
import io.podlifecycle.drain.InFlight;
import io.podlifecycle.drain.ObservedWork;
import io.podlifecycle.drain.Traffic;
import io.podlifecycle.drain.TrafficRule;
import io.podlifecycle.time.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real server, seen from inside.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class GrpcServersIntegrationTests {

	private final ObservedWork work = new ObservedWork(new InFlight(Ticker.system()), new Traffic(Ticker.system()));

	private final GrpcConnections connections = new GrpcConnections();

	private final HealthStatusManager health = new HealthStatusManager();

	private final Server server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
		.addService(this.health.getHealthService())
		.addService(Fortunes.service())
		.intercept(new CallTrackingInterceptor(this.work, new TrafficRule(List.of(), List.of(), "/prestop")))
		.addTransportFilter(this.connections)
		.build();

	private final GrpcServers participant = new GrpcServers(() -> List.of(this.server));

	private final ManagedChannel channel;

	GrpcServersIntegrationTests() throws IOException {
		this.server.start();
		this.channel = Grpc
			.newChannelBuilderForAddress("127.0.0.1", this.server.getPort(), InsecureChannelCredentials.create())
			.build();
	}

	@AfterEach
	void stop() {
		this.channel.shutdownNow();
		this.server.shutdownNow();
	}

	@Test
	void aCallIsInFlightUntilItIsAnswered() {
		CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> Fortunes.tell(this.channel, 3000));
		await(() -> !this.work.inFlight().oldest(1).isEmpty());
		assertThat(this.work.inFlight().oldest(1).get(0).description()).isEqualTo("gRPC fortune.Fortunes/Tell");
		assertThat(this.connections.open()).isEqualTo(1);
		assertThat(call.join()).isEqualTo("told");
		await(() -> this.work.inFlight().count() == 0);
		assertThat(this.work.traffic().total()).isEqualTo(1);
	}

	@Test
	void aCancelledCallIsInFlightNoMore() {
		try (CancellableContext context = Context.current().withCancellation()) {
			Runnable call = () -> Fortunes.tell(this.channel, 3000);
			CompletableFuture<Void> cancelled = CompletableFuture.runAsync(context.wrap(call));
			await(() -> this.work.inFlight().count() == 1);
			context.cancel(null);
			assertThat(cancelled).failsWithin(30, TimeUnit.SECONDS);
		}
		await(() -> this.work.inFlight().count() == 0);
	}

	@Test
	void healthChecksAreNeitherWorkNorTraffic() {
		Iterator<HealthCheckResponse> watch = HealthGrpc.newBlockingStub(this.channel)
			.watch(HealthCheckRequest.getDefaultInstance());
		assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING);
		assertThat(this.work.inFlight().count()).isZero();
		assertThat(this.work.traffic().total()).isZero();
	}

	@Test
	void theDrainEndsWithTheLastCall() throws InterruptedException {
		CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> Fortunes.tell(this.channel, 3000));
		await(() -> this.work.inFlight().count() == 1);
		this.participant.drain();
		assertThat(call.join()).isEqualTo("told");
		assertThat(this.server.isTerminated()).isTrue();
		assertThat(this.connections.open()).isZero();
	}

	@Test
	void whatDoesNotEndIsCancelledWhenTheDrainIsGivenUp() throws InterruptedException {
		CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> Fortunes.tell(this.channel, 20000));
		await(() -> this.work.inFlight().count() == 1);
		Thread drain = new Thread(() -> {
			try {
				this.participant.drain();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		drain.start();
		await(this.server::isShutdown);
		assertThat(call).isNotDone();
		drain.interrupt();
		drain.join();
		assertThat(call).failsWithin(30, TimeUnit.SECONDS);
		await(this.server::isTerminated);
	}

	private static void await(BooleanSupplier condition) {
		while (!condition.getAsBoolean()) {
			Thread.onSpinWait();
		}
	}

}

package io.podlifecycle.grpc;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.services.HealthStatusManager;
import io.podlifecycle.report.ShutdownReport.PeerActivity;
import io.podlifecycle.shutdown.PreStopTask;
import io.podlifecycle.stream.Streams;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.InFlight;
import io.podlifecycle.work.ObservedWork;
import io.podlifecycle.work.Traffic;
import io.podlifecycle.work.TrafficRule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static io.podlifecycle.Conditions.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A real server, seen from inside.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class GrpcServersIntegrationTests {

	/** When no call is of the last minute any more. */
	private static final Ticker LATER = () -> Ticker.system().nanos() + Duration.ofMinutes(5).toNanos();

	private final ObservedWork work = new ObservedWork(new InFlight(Ticker.system()), new Traffic(Ticker.system()));

	private final Streams streams = new Streams(Duration.ZERO, () -> Duration.ofSeconds(20), Streams.daemonThreads(),
			Ticker.system(), Sleeper.system());

	private final GrpcConnections connections = new GrpcConnections();

	private final HealthStatusManager health = new HealthStatusManager();

	private final Queue<String> log = new ConcurrentLinkedQueue<>();

	private final Server server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
		.addService(this.health.getHealthService())
		.addService(Fortunes.service(this.log::add))
		.intercept(
				new CallTrackingInterceptor(this.work, new TrafficRule(List.of(), List.of(), "/prestop"), this.streams))
		.addTransportFilter(this.connections)
		.build();

	private final GrpcServers participant = new GrpcServers(() -> List.of(this.server),
			() -> this.streams.isOver() && this.work.inFlight().count() == 0);

	private final ManagedChannel channel;

	GrpcServersIntegrationTests() throws IOException {
		this.server.start();
		this.channel = channel();
	}

	private ManagedChannel channel() {
		return Grpc.newChannelBuilderForAddress("127.0.0.1", this.server.getPort(), InsecureChannelCredentials.create())
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
		assertThat(this.work.traffic().peers().watch(Stream.empty(), Ticker.system()).activities())
			.extracting(PeerActivity::address)
			.containsExactly("127.0.0.1");
		assertThat(this.work.traffic().peers().watch(this.connections.peers(), LATER).size()).isOne();
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
	void aStreamIsOpenUntilItsClientLeavesIt() throws Exception {
		try (CancellableContext context = Context.current().withCancellation()) {
			CompletableFuture<Status> end = context.call(() -> Fortunes.watch(this.channel, "stream"));
			await(() -> this.streams.inFlight() == 1);
			context.cancel(null);
			assertThat(end.get(30, TimeUnit.SECONDS).getCode()).isEqualTo(Code.CANCELLED);
		}
		await(() -> this.streams.inFlight() == 0 && this.work.inFlight().count() == 0);
		assertThat(this.streams.ended()).isZero();
	}

	@Test
	void manyStreamsThatAreBusySendingAllEndWithTheSameStatus() {
		List<CompletableFuture<Status>> ends = IntStream.range(0, 20)
			.mapToObj((i) -> Fortunes.watch(this.channel, "stream" + i))
			.toList();
		await(() -> this.streams.inFlight() == 20);
		this.streams.drain();
		assertThat(ends).allSatisfy((end) -> assertThat(end.get(30, TimeUnit.SECONDS).toString())
			.contains("UNAVAILABLE", "The server is shutting down"));
		assertThat(this.streams.outcome()).isEqualTo("20 ended");
		await(() -> this.work.inFlight().count() == 0);
	}

	@Test
	void aClientThatTakesNoMessageHoldsUpNobodyAndIsCutOff() throws Exception {
		ManagedChannel neglectful = channel();
		IntStream.range(0, 5).forEach((i) -> Fortunes.neglect(neglectful, "neglected" + i));
		await(() -> this.log.stream().filter((line) -> line.startsWith("blocked")).count() == 5);
		List<CompletableFuture<Status>> ends = IntStream.range(0, 20)
			.mapToObj((i) -> Fortunes.watch(this.channel, "stream" + i))
			.toList();
		await(() -> this.streams.inFlight() == 25);
		Thread drain = start(this.streams::drain);
		Thread drainOfServers = start(this.participant::drain);
		assertThat(ends)
			.allSatisfy((end) -> assertThat(end.get(30, TimeUnit.SECONDS).getCode()).isEqualTo(Code.UNAVAILABLE));
		assertThat(this.streams.inFlight()).isEqualTo(5);
		// As at the end of its time.
		drain.interrupt();
		await(() -> this.streams.inFlight() == 0 && this.work.inFlight().count() == 0);
		assertThat(this.streams.outcome()).isEqualTo("20 ended, 5 cut off (5 gRPC fortune.Fortunes/Watch)");
		drainOfServers.join();
		neglectful.shutdownNow();
	}

	@Test
	void aClientThatWatchesHealthHoldsUpNobody() throws Exception {
		Iterator<HealthCheckResponse> watch = HealthGrpc.newBlockingStub(this.channel)
			.watch(HealthCheckRequest.getDefaultInstance());
		assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING);
		this.streams.drain();
		this.participant.drain();
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(watch::next)
			.withMessageContaining("UNAVAILABLE");
		assertThat(this.server.isTerminated()).isTrue();
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
		Thread drain = start(this.participant::drain);
		await(this.server::isShutdown);
		assertThat(call).isNotDone();
		drain.interrupt();
		drain.join();
		assertThat(call).failsWithin(30, TimeUnit.SECONDS);
		await(this.server::isTerminated);
	}

	private static Thread start(PreStopTask task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (Exception ex) {
				Thread.currentThread().interrupt();
			}
		});
		thread.start();
		return thread;
	}

}

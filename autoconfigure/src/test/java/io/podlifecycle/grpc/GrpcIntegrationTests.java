package io.podlifecycle.grpc;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.podlifecycle.process.ClassPath;
import io.podlifecycle.process.SharedClasses;
import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.FreePort;
import io.podlifecycle.rehearsal.process.LogLine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A gRPC server that is told to leave.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class GrpcIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final int port = FreePort.next();

	@Test
	void servesUntilClientsHaveLearnedAndFinishesWhatItHasBegun() {
		assertLeavesInOrder();
	}

	@Test
	@Tag("full")
	void aServerOfTheApplicationsOwnDoesTheSame() {
		assertLeavesInOrder("--app.own-server=true", "--app.port=" + this.port);
	}

	private void assertLeavesInOrder(String... arguments) {
		try (AppProcess app = start(arguments)) {
			assertThat(this.<ServingStatus>call(GrpcIntegrationTests::health)).isEqualTo(ServingStatus.SERVING);
			CompletableFuture<String> inFlight = CompletableFuture
				.supplyAsync(() -> call((channel) -> Fortunes.tell(channel, 5000)));
			app.awaitLog("begin 5000", LIMIT);
			app.terminate();
			app.awaitLog("Shutting down on SIGTERM with 1 in flight", LIMIT);
			assertThat(this.<ServingStatus>call(GrpcIntegrationTests::health)).isEqualTo(ServingStatus.NOT_SERVING);
			// By a client that has not learned of it.
			assertThat(this.<String>call((channel) -> Fortunes.tell(channel, 0))).isEqualTo("told");
			assertThat(inFlight.join()).isEqualTo("told");
			assertThat(app.awaitExit(LIMIT)).isEqualTo(143);
			app.awaitLog("its longest time was over), 1 late requests", LIMIT);
			app.awaitLog("0 cut off, 0 connections left open", LIMIT);
		}
	}

	@Test
	void streamsEndAtTheStartOfTheDrainAndCallsInFlightFinish() {
		try (AppProcess app = start(); Client client = new Client()) {
			CompletableFuture<Status> early = client.watch("early", app);
			CompletableFuture<String> inFlight = client.tell(Fortunes.HELD, app);
			app.terminate();
			app.awaitLog("Shutting down on SIGTERM with 2 in flight", LIMIT);
			CompletableFuture<Status> late = client.watch("late", app);
			assertThat(early).isNotDone();
			app.awaitLog("Draining after", LIMIT);
			assertThat(early.join().getCode()).isEqualTo(Code.UNAVAILABLE);
			assertThat(early.join().getDescription()).isEqualTo("The server is shutting down");
			assertThat(late.join().getCode()).isEqualTo(Code.UNAVAILABLE);
			app.awaitLog("cancelled early", LIMIT);
			app.awaitLog("cancelled late", LIMIT);
			assertThat(inFlight.join()).isEqualTo("told");
			assertThat(app.awaitExit(LIMIT)).isEqualTo(143);
			app.awaitLog("0 cut off, 0 connections left open", LIMIT);
			app.awaitLog("streams has 0 left, 2 ended", LIMIT);
		}
	}

	@Test
	@Tag("full")
	void clientsThatTakeNoMessageHoldUpNobody() {
		List<String> neglected = IntStream.range(0, 20).mapToObj((i) -> "neglected" + i).toList();
		try (AppProcess app = start("--pod-lifecycle.shutdown.drain-timeout=10s");
				Client neglectful = new Client();
				Client client = new Client()) {
			neglected.forEach(neglectful::neglect);
			neglected.forEach((name) -> app.awaitLog("blocked " + name, LIMIT));
			List<CompletableFuture<Status>> watched = IntStream.range(0, 30)
				.mapToObj((i) -> client.watch("watched" + i, app))
				.toList();
			app.terminate();
			assertThat(watched).allSatisfy((end) -> assertThat(end.join().getCode()).isEqualTo(Code.UNAVAILABLE));
			String log = log(app);
			assertThat(log).doesNotContain("Drained");
			assertThat(app.awaitExit(LIMIT)).isEqualTo(143);
			assertThat(log(app)).contains("30 ended, 20 cut off (20 gRPC fortune.Fortunes/Watch)")
				.doesNotContain("does not end");
		}
	}

	@Test
	void withTheLibraryOffItRefusesAtOnceAndAStreamHoldsItUntilItIsCutOff() {
		try (AppProcess app = start("--pod-lifecycle.enabled=false", "--spring.grpc.server.shutdown.grace-period=4s");
				Client client = new Client()) {
			CompletableFuture<Status> stream = client.watch("stream", app);
			CompletableFuture<String> inFlight = client.tell("2000", app);
			app.terminate();
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> {
				while (!stream.isDone()) {
					call((channel) -> Fortunes.tell(channel, 0));
				}
			}).withMessageContaining("UNAVAILABLE");
			assertThat(inFlight.join()).isEqualTo("told");
			assertThat(stream).isNotDone();
			assertThat(app.awaitExit(LIMIT)).isEqualTo(143);
			assertThat(stream.join().getDescription()).isNotEqualTo("The server is shutting down");
		}
	}

	private AppProcess start(String... arguments) {
		AppProcess app = SharedClasses.withoutServer(GrpcApplication.class, ClassPath.libraries("grpc"))
			.environment("KUBERNETES_SERVICE_HOST", "127.0.0.1")
			.environment("KUBERNETES_SERVICE_PORT", "6443")
			.argument("--spring.grpc.server.port=" + this.port, "--spring.main.keep-alive=true",
					"--pod-lifecycle.shutdown.propagation.max=3s")
			.argument(arguments)
			.start();
		app.awaitLog("Started GrpcApplication", LIMIT);
		return app;
	}

	private static String log(AppProcess app) {
		return app.log().stream().map(LogLine::text).collect(Collectors.joining("\n"));
	}

	private static ServingStatus health(Channel channel) {
		return HealthGrpc.newBlockingStub(channel)
			.withDeadlineAfter(30, TimeUnit.SECONDS)
			.check(HealthCheckRequest.getDefaultInstance())
			.getStatus();
	}

	/**
	 * Call over a new connection.
	 */
	private <T> T call(Function<Channel, T> call) {
		ManagedChannel channel = Grpc
			.newChannelBuilderForAddress("127.0.0.1", this.port, InsecureChannelCredentials.create())
			.build();
		try {
			return call.apply(channel);
		}
		finally {
			channel.shutdown();
		}
	}

	/** All over one connection. */
	private final class Client implements AutoCloseable {

		private final ManagedChannel channel = Grpc
			.newChannelBuilderForAddress("127.0.0.1", GrpcIntegrationTests.this.port,
					InsecureChannelCredentials.create())
			.build();

		CompletableFuture<Status> watch(String name, AppProcess app) {
			CompletableFuture<Status> end = Fortunes.watch(this.channel, name);
			app.awaitLog("watch " + name, LIMIT);
			return end;
		}

		void neglect(String name) {
			Fortunes.neglect(this.channel, name);
		}

		CompletableFuture<String> tell(String request, AppProcess app) {
			CompletableFuture<String> told = CompletableFuture.supplyAsync(() -> Fortunes.tell(this.channel, request));
			app.awaitLog("begin " + request, LIMIT);
			return told;
		}

		@Override
		public void close() {
			this.channel.shutdownNow();
		}

	}

}

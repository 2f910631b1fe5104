package io.podlifecycle.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.podlifecycle.time.Sleeper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that do not send at random moments, or learn of the shutdown late, each from an
 * address of its own. {@code -Dpropagation.runs=10} repeats all scenarios.
 */
@Tag("full")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class PropagationIntegrationTests {

	private static final int RUNS = Integer.getInteger("propagation.runs", 1);

	private static final Client BURSTS = new Client(2, 40, Duration.ofSeconds(7), Duration.ofSeconds(9));

	private final ExecutorService executor = Executors.newCachedThreadPool();

	@Test
	void noRequestIsRefused() {
		Map<String, Scenario> scenarios = Map.of("bursts that are far apart",
				new Scenario(List.of(new Client(2, 100, Duration.ofSeconds(8), Duration.ofSeconds(20))), 0,
						"--pod-lifecycle.shutdown.propagation.max=60s", "--pod-lifecycle.shutdown.grace-period=90"),
				"bursts with the defaults", new Scenario(List.of(BURSTS), 0), "a slow peer beside a fast one",
				new Scenario(List.of(new Client(2, 1, Duration.ofMillis(50), Duration.ofSeconds(1)),
						new Client(3, 1, Duration.ofMillis(2500), Duration.ofSeconds(9))), 0),
				"a process that is paused",
				new Scenario(List.of(new Client(2, 1, Duration.ofMillis(50), Duration.ofMillis(9500))), 4));
		for (int run = 0; run < RUNS; run++) {
			Map<String, CompletableFuture<Integer>> failures = new HashMap<>();
			// One after the other, since each start takes a processor.
			scenarios.forEach((name, scenario) -> {
				Service service = start(scenario);
				failures.put(name, CompletableFuture.supplyAsync(() -> failures(service, scenario), this.executor));
			});
			assertThat(failures).allSatisfy((scenario, failed) -> assertThat(failed.join()).isZero());
		}
	}

	@Test
	void withAShorterDelayABurstIsRefused() {
		Scenario scenario = new Scenario(List.of(BURSTS), 0, "--pod-lifecycle.shutdown.propagation.mode=fixed",
				"--pod-lifecycle.shutdown.propagation.max=5s");
		assertThat(failures(start(scenario), scenario)).isEqualTo(40);
	}

	@Test
	void whereFastPeersLearnAtOnceAShorterMinimumEndsTheDelayEarly() {
		try (Service service = Service.startOnKubernetes("--pod-lifecycle.shutdown.propagation.min=1s").awaitReady()) {
			Client client = new Client(2, 1, Duration.ofMillis(50), Duration.ofSeconds(1));
			CompletableFuture<Integer> failures = start(service, client, new CompletableFuture<>());
			assertThat(failures.join()).isZero();
			assertThat(service.awaitExit()).isEqualTo(143);
			assertThat(service.log()).contains("traffic had stopped", "0 of 1 peers still sending");
			// The default minimum would be longer.
			assertThat(service.report().timeOf("propagation")).as(service::log)
				.isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5).minusMillis(1));
		}
	}

	private static Service start(Scenario scenario) {
		return Service.startOnKubernetes(scenario.arguments().toArray(String[]::new)).awaitReady();
	}

	private int failures(Service service, Scenario scenario) {
		try (service) {
			CompletableFuture<Void> signal = new CompletableFuture<>();
			List<CompletableFuture<Integer>> clients = scenario.clients()
				.stream()
				.map((client) -> start(service, client, signal))
				.toList();
			signal.join();
			for (int pause = 0; pause < scenario.pauses(); pause++) {
				Sleeper.system().sleepUnlessInterrupted(Duration.ofMillis(300));
				service.signal("STOP");
				Sleeper.system().sleepUnlessInterrupted(Duration.ofMillis(2300));
				service.signal("CONT");
			}
			int failures = clients.stream().mapToInt(CompletableFuture::join).sum();
			assertThat(service.awaitExit(Duration.ofMinutes(2))).isEqualTo(143);
			return failures;
		}
	}

	/** The first client that is known for long enough sends the signal. */
	private CompletableFuture<Integer> start(Service service, Client client, CompletableFuture<Void> signal) {
		return CompletableFuture.supplyAsync(() -> {
			int failures = 0;
			long begin = System.nanoTime();
			long signalled = 0;
			for (int burst = 0; signalled == 0 || since(signalled).compareTo(client.learnsAfter()) < 0; burst++) {
				failures += client.send(service.address());
				if (signalled == 0 && (signal.isDone() || since(begin).toSeconds() >= 15)) {
					signalled = System.nanoTime();
					if (signal.complete(null)) {
						service.terminate();
					}
				}
				Duration next = client.interval().multipliedBy(burst + 1L).minus(since(begin));
				Sleeper.system().sleepUnlessInterrupted(next.isNegative() ? Duration.ZERO : next);
			}
			return failures;
		}, this.executor);
	}

	private static Duration since(long nanos) {
		return Duration.ofNanos(System.nanoTime() - nanos);
	}

	/**
	 * Who sends requests to one service.
	 *
	 * @param clients the clients
	 * @param pauses how often the process is stopped during its shutdown
	 * @param arguments those of the service
	 */
	private record Scenario(List<Client> clients, int pauses, List<String> arguments) {

		Scenario(List<Client> clients, int pauses, String... arguments) {
			this(clients, pauses, List.of(arguments));
		}

	}

	/**
	 * A client.
	 *
	 * @param address the last number of its address
	 * @param burst how many requests it sends at once
	 * @param interval the time between two bursts
	 * @param learnsAfter how long after the signal it does not send any more
	 */
	private record Client(int address, int burst, Duration interval, Duration learnsAfter) {

		int send(InetSocketAddress service) {
			return (int) IntStream.range(0, this.burst).filter((request) -> !isAnswered(service)).count();
		}

		private boolean isAnswered(InetSocketAddress service) {
			try (Socket socket = new Socket()) {
				socket.bind(new InetSocketAddress(
						InetAddress.getByAddress(new byte[] { 127, 0, 0, (byte) this.address }), 0));
				socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
				socket.connect(service);
				socket.getOutputStream()
					.write("GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
						.getBytes(StandardCharsets.US_ASCII));
				return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
					.startsWith("HTTP/1.1 200");
			}
			catch (IOException ex) {
				return false;
			}
		}

	}

}

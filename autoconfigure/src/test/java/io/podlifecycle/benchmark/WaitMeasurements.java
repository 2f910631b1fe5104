package io.podlifecycle.benchmark;

import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import com.sun.management.OperatingSystemMXBean;
import com.sun.net.httpserver.HttpServer;
import io.podlifecycle.dependency.Backoff;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.DependencyWait;
import io.podlifecycle.dependency.DnsCache;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.Probes;
import io.podlifecycle.dependency.Target;
import io.podlifecycle.dependency.WaitListener;
import io.podlifecycle.rehearsal.process.FreePort;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;

/**
 * The measurements of {@link WaitBenchmark}, in a JVM of their own because of its DNS
 * settings.
 */
final class WaitMeasurements {

	private static final int ROUNDS = 31;

	private static final Probes PROBES = new Probes(Probes.builtIn());

	private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), 1.5, Duration.ofMillis(800), 0.2);

	private final Random random = new Random(42);

	private final Path hosts;

	private WaitMeasurements(Path hosts) {
		this.hosts = hosts;
	}

	public static void main(String[] arguments) throws Exception {
		DnsCache.shorten(Duration.ofSeconds(5), Duration.ZERO);
		WaitMeasurements measurements = new WaitMeasurements(Path.of(arguments[0]));
		measurements.measureRounds("tcp, nothing listened before", measurements::tcp);
		measurements.measureRounds("http, nothing listened before", () -> measurements.http(false));
		measurements.measureRounds("tcp, the name did not resolve before", measurements::name);
		measurements.measureRounds("http, a live peer said 503 before", () -> measurements.http(true));
		measurements.measureMany();
		measurements.measureCost();
		System.exit(0);
	}

	private void measureRounds(String what, Supplier<Peer> peers) throws Exception {
		List<Long> late = new ArrayList<>();
		for (int round = 0; round < ROUNDS; round++) {
			try (Peer peer = peers.get()) {
				CompletableFuture<Long> end = awaitInBackground(List.of(dependency(peer.uri)));
				TimeUnit.MILLISECONDS.sleep(1000 + this.random.nextInt(1000));
				long answers = peer.answer();
				late.add((end.get() - answers) / 1_000);
			}
		}
		late.sort(null);
		System.out.printf("%-45s median %6.1f ms, p90 %6.1f ms, max %6.1f ms (%d rounds)%n", what,
				late.get(ROUNDS / 2) / 1000.0, late.get(ROUNDS * 9 / 10) / 1000.0, late.get(ROUNDS - 1) / 1000.0,
				ROUNDS);
	}

	private void measureMany() throws Exception {
		try (Peer peer = tcp()) {
			peer.answer();
			List<Dependency> dependencies = IntStream.range(0, 99)
				.mapToObj((i) -> dependency(peer.uri))
				.collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
			try (Peer slowest = tcp()) {
				dependencies.add(dependency(slowest.uri));
				CompletableFuture<Long> end = awaitInBackground(dependencies);
				TimeUnit.SECONDS.sleep(2);
				long answers = slowest.answer();
				System.out.printf("%-45s %6.1f ms after the slowest one answers%n", "100 dependencies",
						(end.get() - answers) / 1e6);
			}
		}
	}

	private void measureCost() throws Exception {
		OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		Duration length = Duration.ofSeconds(20);
		for (int count : new int[] { 1, 5 }) {
			List<Dependency> dependencies = IntStream.range(0, count)
				.mapToObj((i) -> dependency("tcp://127.0.0.1:" + FreePort.next()))
				.toList();
			long before = system.getProcessCpuTime();
			waitFor(dependencies).await(length, Duration.ofMinutes(1));
			double share = (system.getProcessCpuTime() - before) / (double) length.toNanos();
			System.out.printf("%-45s %6.2f %% of a core%n", "a wait for " + count + " that nobody listens for",
					share * 100);
		}
	}

	private static CompletableFuture<Long> awaitInBackground(List<Dependency> dependencies) {
		DependencyWait wait = waitFor(dependencies);
		return CompletableFuture.supplyAsync(() -> {
			wait.await(Duration.ofMinutes(2), Duration.ofMinutes(1));
			return System.nanoTime();
		});
	}

	private static DependencyWait waitFor(List<Dependency> dependencies) {
		Random jitter = new Random();
		return new DependencyWait(dependencies, Ticker.system(), Sleeper.system(), jitter::nextDouble,
				new WaitListener() {
				});
	}

	private static Dependency dependency(String uri) {
		Target target = Target.of(uri);
		return new Dependency("peer", target, PROBES.create(ProbeRequest.of(target)), true, Duration.ofMinutes(2),
				Duration.ofSeconds(2), BACKOFF);
	}

	private Peer tcp() {
		int port = FreePort.next();
		return new Peer("tcp://127.0.0.1:" + port, () -> listen(port));
	}

	/** The server is there all the time, the name is not. */
	private Peer name() {
		int port = FreePort.next();
		String name = "peer" + port + ".example";
		Closeable server = listen(port);
		return new Peer("tcp://" + name + ":" + port, () -> {
			Files.writeString(this.hosts, "127.0.0.1 localhost " + name + "\n");
			return server;
		});
	}

	private Peer http(boolean there) {
		int port = FreePort.next();
		AtomicLong status = new AtomicLong(there ? 503 : 200);
		Closeable server = there ? serve(port, status) : () -> {
		};
		return new Peer("http://127.0.0.1:" + port + "/", () -> {
			status.set(200);
			return there ? server : serve(port, status);
		});
	}

	private static Closeable listen(int port) {
		try {
			return new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Closeable serve(int port, AtomicLong status) {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
			server.createContext("/", (exchange) -> {
				exchange.sendResponseHeaders(status.intValue(), -1);
				exchange.close();
			});
			server.start();
			return () -> server.stop(0);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private interface Opening {

		Closeable open() throws Exception;

	}

	private static final class Peer implements Closeable {

		private final String uri;

		private final Opening opening;

		private Closeable opened = () -> {
		};

		Peer(String uri, Opening opening) {
			this.uri = uri;
			this.opening = opening;
		}

		long answer() throws Exception {
			long before = System.nanoTime();
			this.opened = this.opening.open();
			return before;
		}

		@Override
		public void close() throws IOException {
			this.opened.close();
		}

	}

}

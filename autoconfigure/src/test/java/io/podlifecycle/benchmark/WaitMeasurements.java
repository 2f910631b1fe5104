package io.podlifecycle.benchmark;

import java.io.Closeable;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
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
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;
import com.sun.net.httpserver.HttpServer;
import io.podlifecycle.dependency.Backoff;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.DependencyOutcome;
import io.podlifecycle.dependency.DependencyWait;
import io.podlifecycle.dependency.DnsCache;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.Probes;
import io.podlifecycle.dependency.Target;
import io.podlifecycle.dependency.WaitListener;
import io.podlifecycle.dependency.WaitResult;
import io.podlifecycle.probe.ClientProbes;
import io.podlifecycle.rehearsal.process.FreePort;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import redis.embedded.RedisServer;

/**
 * The measurements of {@link WaitBenchmark}, in a JVM of their own because of its DNS
 * settings.
 */
final class WaitMeasurements {

	private static final int ROUNDS = 61;

	/** Of those whose rounds take longer, and whose bar is higher. */
	private static final int ALIVE_ROUNDS = 31;

	private static final Probes PROBES = new Probes(
			Stream.concat(Probes.builtIn().stream(), ClientProbes.factories(null).stream()).toList());

	private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), 1.5, Duration.ofMillis(800), 0.2);

	private static final int CLIENTS = 200;

	private final Random random = new Random(42);

	private final Path hosts;

	private WaitMeasurements(Path hosts) {
		this.hosts = hosts;
	}

	public static void main(String[] arguments) throws Exception {
		DnsCache.shorten(Duration.ofSeconds(5), Duration.ZERO);
		WaitMeasurements measurements = new WaitMeasurements(Path.of(arguments[0]));
		// First, so that what the JVM compiles for it is counted.
		for (int count : new int[] { 5, 1, 20 }) {
			measureCost(count);
		}
		measurements.measureRounds("tcp, nothing listened before", measurements::tcp);
		measurements.measureRounds("http, nothing listened before", () -> measurements.http(false));
		measurements.measureRounds("tcp, the name did not resolve before", measurements::name);
		measurements.measureRounds("dns, the name did not resolve before", measurements::dns);
		measurements.measureRounds("file, it was not there before", measurements::file);
		measurements.measureRounds("http, a live peer said 503 before", () -> measurements.http(true));
		measurements.measureRedis();
		measurements.measurePostgres();
		for (int count : new int[] { 100, 1000 }) {
			measurements.measureSlowest(count);
			measurements.measureAllAtOnce(count);
		}
		System.exit(0);
	}

	private void measureRounds(String what, Supplier<Peer> peers) throws Exception {
		List<Long> late = new ArrayList<>();
		int rounds = ROUNDS;
		for (int round = 0; round < rounds; round++) {
			try (Peer peer = peers.get()) {
				rounds = peer.alive ? ALIVE_ROUNDS : ROUNDS;
				CompletableFuture<Long> end = awaitInBackground(List.of(dependency(peer.uri)));
				// A live peer has to say "not yet" some times before the pauses are long.
				TimeUnit.MILLISECONDS
					.sleep(peer.alive ? 2500 + this.random.nextInt(1000) : 300 + this.random.nextInt(300));
				long answers = peer.answer();
				late.add((end.get() - answers) / 1_000);
			}
		}
		double first = late.get(0) / 1000.0;
		late.sort(null);
		System.out.printf("%-45s median %6.1f ms, p90 %6.1f ms, max %6.1f ms, first %6.1f ms (%d rounds)%n", what,
				late.get(rounds / 2) / 1000.0, late.get(rounds * 9 / 10) / 1000.0, late.get(rounds - 1) / 1000.0, first,
				rounds);
	}

	private void measureRedis() throws Exception {
		int port = FreePort.next();
		RedisServer server = RedisServer.newRedisServer()
			.port(port)
			.setting("bind 127.0.0.1")
			.setting("save \"\"")
			.build();
		server.start();
		try {
			measureRounds("redis, nothing listened before", () -> relay("redis://127.0.0.1:%d", port));
		}
		finally {
			server.stop();
		}
	}

	private void measurePostgres() throws Exception {
		try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
			measureRounds("jdbc (PostgreSQL), nothing listened before",
					() -> relay("jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres", server.getPort()));
		}
	}

	/** All answer at once but for one. */
	private void measureSlowest(int count) throws Exception {
		try (Peer peer = tcp(); Peer slowest = tcp()) {
			peer.answer();
			List<Dependency> dependencies = new ArrayList<>(dependencies(count - 1, peer));
			dependencies.add(dependency(slowest.uri));
			measureMany(count + " dependencies, one of them late", dependencies, slowest);
		}
	}

	/** None answers, and then all at once. */
	private void measureAllAtOnce(int count) throws Exception {
		try (Peer peer = tcp()) {
			measureMany(count + " dependencies, all of them late", dependencies(count, peer), peer);
		}
	}

	private static void measureMany(String what, List<Dependency> dependencies, Peer slowest) throws Exception {
		CompletableFuture<Long> end = awaitInBackground(dependencies);
		TimeUnit.SECONDS.sleep(3);
		long answers = slowest.answer();
		System.out.printf("%-45s %6.1f ms after the slowest one answers%n", what, (end.get() - answers) / 1e6);
	}

	private static List<Dependency> dependencies(int count, Peer peer) {
		return IntStream.range(0, count).mapToObj((i) -> dependency(peer.uri)).toList();
	}

	private static void measureCost(int count) {
		OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
		Duration length = Duration.ofSeconds(20);
		List<Dependency> dependencies = IntStream.range(0, count)
			.mapToObj((i) -> dependency("tcp://127.0.0.1:" + FreePort.next()))
			.toList();
		long compiledBefore = compiler.getTotalCompilationTime();
		long before = system.getProcessCpuTime();
		WaitResult result = waitFor(dependencies).await(length, Duration.ofMinutes(1));
		double share = (system.getProcessCpuTime() - before) / (double) length.toNanos();
		int tries = result.outcomes().stream().mapToInt(DependencyOutcome::attempts).sum();
		System.out.printf("%-45s %6.2f %% of a core, %d tries, %.1f s of compilation in it%n",
				"a wait for " + count + " that nobody listens for", share * 100, tries,
				(compiler.getTotalCompilationTime() - compiledBefore) / 1000.0);
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
		return new Peer("tcp://127.0.0.1:" + port, () -> {
			ServerSocket listener = listen(port);
			start(() -> {
				while (true) {
					listener.accept().close();
				}
			});
			return listener;
		});
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

	private Peer dns() {
		String name = "peer" + FreePort.next() + ".example";
		return new Peer("dns:" + name, () -> {
			Files.writeString(this.hosts, "127.0.0.1 localhost " + name + "\n");
			return () -> {
			};
		});
	}

	private Peer file() {
		Path file = this.hosts.resolveSibling("peer");
		return new Peer("file:" + file, () -> {
			Files.createFile(file);
			return () -> Files.delete(file);
		});
	}

	/** A server is there all the time, and the port that leads to it is not. */
	private static Peer relay(String uri, int serverPort) {
		int port = FreePort.next();
		return new Peer(uri.formatted(port), () -> {
			ServerSocket listener = listen(port);
			start(() -> {
				while (true) {
					Socket client = listener.accept();
					Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
					start(() -> copy(client, server));
					start(() -> copy(server, client));
				}
			});
			return listener;
		});
	}

	private static void copy(Socket from, Socket to) throws IOException {
		try (from; to) {
			from.getInputStream().transferTo(to.getOutputStream());
		}
	}

	private static void start(IoTask task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// One of the ends was closed.
			}
		}, "relay");
		thread.setDaemon(true);
		thread.start();
	}

	private Peer http(boolean there) {
		int port = FreePort.next();
		AtomicLong status = new AtomicLong(there ? 503 : 200);
		Closeable server = there ? serve(port, status) : () -> {
		};
		return new Peer("http://127.0.0.1:" + port + "/", () -> {
			status.set(200);
			return there ? server : serve(port, status);
		}, there);
	}

	private static ServerSocket listen(int port) {
		try {
			return new ServerSocket(port, CLIENTS, InetAddress.getLoopbackAddress());
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

	private interface IoTask {

		void run() throws IOException;

	}

	private interface Opening {

		Closeable open() throws Exception;

	}

	private static final class Peer implements Closeable {

		private final String uri;

		private final Opening opening;

		private final boolean alive;

		private Closeable opened = () -> {
		};

		Peer(String uri, Opening opening) {
			this(uri, opening, false);
		}

		Peer(String uri, Opening opening, boolean alive) {
			this.uri = uri;
			this.opening = opening;
			this.alive = alive;
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

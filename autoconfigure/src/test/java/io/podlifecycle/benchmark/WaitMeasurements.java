package io.podlifecycle.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.podlifecycle.dependency.DnsCache;
import io.podlifecycle.rehearsal.process.FreePort;
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

	private final Random random = new Random(42);

	public static void main(String[] arguments) throws Exception {
		DnsCache.shorten(Duration.ofSeconds(5), Duration.ZERO);
		Peers peers = new Peers(Path.of(arguments[0]));
		WaitMeasurements measurements = new WaitMeasurements();
		measurements.measureRounds("tcp, nothing listened before", peers::tcp);
		measurements.measureRounds("http, nothing listened before", () -> peers.http(false));
		measurements.measureRounds("tcp, the name did not resolve before", peers::name);
		measurements.measureRounds("dns, the name did not resolve before", peers::dns);
		measurements.measureRounds("file, it was not there before", peers::file);
		measurements.measureRounds("http, a live peer said 503 before", () -> peers.http(true));
		measurements.measureRedis();
		measurements.measurePostgres();
		System.exit(0);
	}

	private void measureRounds(String what, Supplier<Peer> peers) throws Exception {
		List<Long> late = new ArrayList<>();
		int rounds = ROUNDS;
		for (int round = 0; round < rounds; round++) {
			try (Peer peer = peers.get()) {
				rounds = peer.alive ? ALIVE_ROUNDS : ROUNDS;
				CompletableFuture<Long> end = Waits.inBackground(List.of(Waits.dependency(peer.uri)));
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
			measureRounds("redis, nothing listened before", () -> Peers.relay("redis://127.0.0.1:%d", port));
		}
		finally {
			server.stop();
		}
	}

	private void measurePostgres() throws Exception {
		try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
			measureRounds("jdbc (PostgreSQL), nothing listened before",
					() -> Peers.relay("jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres", server.getPort()));
		}
	}

}

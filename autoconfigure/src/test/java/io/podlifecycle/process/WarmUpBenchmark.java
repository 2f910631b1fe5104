package io.podlifecycle.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.Test;

/**
 * How long the first 20 requests take with and without a warm-up, side by side; and those
 * of the first minute that arrive at a fixed rate at half a core, which is taken by
 * {@code taskset} and signals. Run by
 * {@code mvn verify -pl autoconfigure -am -Dtest=none -Dit.test=WarmUpBenchmark
 * -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false}, with
 * {@code -Drounds=3} for fewer starts and {@code -Dseconds=10} for less of the minute.
 */
class WarmUpBenchmark {

	private static final int ROUNDS = Integer.getInteger("rounds", 5);

	private static final int REQUESTS = 20;

	private static final int RATE = 50;

	private static final int SECONDS = Integer.getInteger("seconds", 60);

	private static final String PATHS = "--pod-lifecycle.startup.warm-up.paths=/hello";

	@Test
	void run() throws IOException {
		List<Long> cold = new ArrayList<>();
		List<Long> warm = new ArrayList<>();
		for (int round = 0; round < ROUNDS; round++) {
			measure(cold);
			measure(warm, PATHS, "--pod-lifecycle.startup.warm-up.count=200");
		}
		print("without a warm-up", cold);
		print("with 200 requests", warm);
	}

	@Test
	void firstMinuteAtHalfACore() throws Exception {
		Map<String, List<Long>> p99 = new LinkedHashMap<>();
		for (int round = 0; round < ROUNDS; round++) {
			firstMinute(p99, "without a warm-up");
			firstMinute(p99, "with 200 requests", PATHS, "--pod-lifecycle.startup.warm-up.count=200");
			firstMinute(p99, "until steady", PATHS, "--pod-lifecycle.startup.warm-up.until-steady=true",
					"--pod-lifecycle.startup.warm-up.timeout=30s");
		}
		p99.forEach((what, micros) -> {
			micros.sort(null);
			System.out.printf("%-20s p99 of the first %d s: median of %d starts %.1f ms, from %.1f to %.1f ms%n", what,
					SECONDS, ROUNDS, micros.get(ROUNDS / 2) / 1000.0, micros.get(0) / 1000.0,
					micros.get(ROUNDS - 1) / 1000.0);
		});
	}

	private static void firstMinute(Map<String, List<Long>> p99, String what, String... arguments) throws Exception {
		int port = FreePort.next();
		try (AppProcess service = AppProcess.builder()
			.mainClass(ServiceApplication.class.getName(), Server.TOMCAT.classPath())
			// So many does a JVM see with a limit of 500m, which decides on its
			// collector.
			.jvmOption("-Xmx192m", "-XX:ActiveProcessorCount=1")
			.argument("--server.port=" + port)
			.argument(arguments)
			.start()) {
			long start = System.nanoTime();
			limitToHalfACore(service.pid());
			service.awaitLog("Readiness is ACCEPTING_TRAFFIC", Duration.ofMinutes(3));
			double ready = (System.nanoTime() - start) / 1_000_000_000.0;
			HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
			HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hello")).build();
			Queue<Long> micros = new ConcurrentLinkedQueue<>();
			List<CompletableFuture<Void>> answers = new ArrayList<>();
			long begin = System.nanoTime();
			for (int i = 0; i < RATE * SECONDS; i++) {
				// Not from when it is sent: one that is late has waited, too.
				long due = begin + i * 1_000_000_000L / RATE;
				TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
				answers.add(client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
					.thenAccept((response) -> micros.add((System.nanoTime() - due) / 1_000)));
			}
			CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
			List<Long> sorted = micros.stream().sorted().toList();
			p99.computeIfAbsent(what, (key) -> new ArrayList<>()).add(sorted.get(sorted.size() * 99 / 100));
			System.out.printf("%-20s ready after %.1f s, median %6.1f ms, p99 %6.1f ms, longest %6.1f ms%n", what,
					ready, sorted.get(sorted.size() / 2) / 1000.0, sorted.get(sorted.size() * 99 / 100) / 1000.0,
					sorted.get(sorted.size() - 1) / 1000.0);
		}
	}

	/** As a limit of 500m does, in its periods of 100 ms. */
	private static void limitToHalfACore(long pid) throws IOException {
		new ProcessBuilder("sh", "-c",
				"taskset -apc 0 " + pid + " && for i in $(seq 3000); do kill -STOP " + pid
						+ " && sleep 0.05 && kill -CONT " + pid + " && sleep 0.05 || exit 0; done")
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

	private static void measure(List<Long> micros, String... arguments) throws IOException {
		try (Service service = Service.start(arguments)) {
			// Not by asking for readiness, which would warm up too.
			service.awaitLog("Readiness is ACCEPTING_TRAFFIC");
			for (int request = 0; request < REQUESTS; request++) {
				long start = System.nanoTime();
				service.get("/hello");
				micros.add((System.nanoTime() - start) / 1_000);
			}
		}
	}

	private static void print(String what, List<Long> micros) {
		micros.sort(null);
		System.out.printf("%-20s median %6.1f ms, p99 %6.1f ms of the first %d requests (%d starts)%n", what,
				micros.get(micros.size() / 2) / 1000.0, micros.get(micros.size() * 99 / 100) / 1000.0, REQUESTS,
				ROUNDS);
	}

}

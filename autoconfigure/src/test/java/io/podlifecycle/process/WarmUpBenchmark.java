package io.podlifecycle.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

/**
 * How long the first 20 requests take with and without a warm-up, side by side. Run by
 * {@code mvn verify -pl autoconfigure -am -Dtest=none -Dit.test=WarmUpBenchmark
 * -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false}.
 */
class WarmUpBenchmark {

	private static final int ROUNDS = 5;

	private static final int REQUESTS = 20;

	@Test
	void run() throws IOException {
		List<Long> cold = new ArrayList<>();
		List<Long> warm = new ArrayList<>();
		for (int round = 0; round < ROUNDS; round++) {
			measure(cold);
			measure(warm, "--pod-lifecycle.startup.warm-up.paths=/hello", "--pod-lifecycle.startup.warm-up.count=200");
		}
		print("without a warm-up", cold);
		print("with 200 requests", warm);
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

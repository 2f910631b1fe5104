package io.podlifecycle.process;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients see of the ends of their streams while others never read theirs. How long
 * that takes is compared with the same application without those others.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StuckStreamsIntegrationTests {

	private static final String SOCKET = "WebSocket /flood/socket";

	private static final String STOMP = "WebSocket /stomp";

	private static final List<String> HEALTHY_IN_MVC = List.of("/emitter", "/flux", "/marked", "/functional");

	@Test
	void inSpringMvcHalfOfTheClientsDoNotRead() throws Exception {
		assertStuckClientsHoldUpNobody(200, HEALTHY_IN_MVC, Map.of("GET /flood/emitter", 100, "GET /flood/marked", 25,
				"GET /flood/functional", 25, SOCKET, 40, STOMP, 10));
	}

	private static void assertStuckClientsHoldUpNobody(int healthy, List<String> paths, Map<String, Integer> stuck)
			throws Exception {
		Duration alone = timeToEnd(healthy, paths, Map.of());
		Duration besideStuckOnes = timeToEnd(healthy, paths, stuck);
		assertThat(besideStuckOnes).isLessThan(alone.multipliedBy(2).plusSeconds(1));
	}

	/**
	 * Return how long after SIGTERM the last of the streams of those who read has ended.
	 */
	private static Duration timeToEnd(int healthy, List<String> paths, Map<String, Integer> stuck) throws Exception {
		try (Service service = start(); StuckClients stuckClients = new StuckClients(service)) {
			StreamClient client = new StreamClient(service);
			List<CompletableFuture<HttpResponse<String>>> streams = new ArrayList<>();
			for (int i = 0; i < healthy; i++) {
				streams.add(client.open(paths.get(i % paths.size())));
			}
			List<CompletableFuture<Long>> ends = streams.stream()
				.map((stream) -> stream.handle((response, failure) -> System.nanoTime()))
				.toList();
			open(stuck, stuckClients);
			service.awaitStatus(service.uri("/opened?count=" + healthy), 200);
			service.awaitStatus(service.uri("/blocked?count=" + sum(stuck)), 200);
			long begin = System.nanoTime();
			assertThat(service.terminate().awaitExit(Duration.ofMinutes(2))).isEqualTo(143);
			long last = ends.stream().mapToLong(CompletableFuture::join).max().orElseThrow();
			Duration time = Duration.ofNanos(last - begin);
			System.out.println("Beside " + stuck + ": " + time);
			assertReport(service.log(), healthy, stuck);
			for (CompletableFuture<HttpResponse<String>> stream : streams) {
				StreamsIntegrationTests.assertEndsWithAWholeEvent("stream", stream);
			}
			return time;
		}
	}

	private static Service start() {
		return Service
			.startApplication(StreamApplication.class, "--pod-lifecycle.shutdown.propagation.when=never",
					"--pod-lifecycle.shutdown.drain-timeout=6s", "--app.pace=200ms")
			.awaitReady();
	}

	private static void open(Map<String, Integer> stuck, StuckClients clients) throws IOException {
		for (Map.Entry<String, Integer> each : stuck.entrySet()) {
			String path = each.getKey().substring(each.getKey().indexOf('/'));
			if (each.getKey().equals(SOCKET)) {
				clients.openSockets(each.getValue(), path);
			}
			else if (each.getKey().equals(STOMP)) {
				clients.openStomp(each.getValue(), path);
			}
			else {
				clients.open(each.getValue(), path);
			}
		}
	}

	private static int sum(Map<String, Integer> stuck) {
		return stuck.values().stream().mapToInt(Integer::intValue).sum();
	}

	private static void assertReport(String log, int healthy, Map<String, Integer> stuck) {
		String shutdown = log.substring(log.indexOf("Shutting down on SIGTERM"));
		assertThat(shutdown).contains(", " + sum(stuck) + " cut off", "streams has 0 left, " + healthy + " ended");
		stuck.forEach((name, count) -> assertThat(shutdown).contains(count + " " + name));
	}

}

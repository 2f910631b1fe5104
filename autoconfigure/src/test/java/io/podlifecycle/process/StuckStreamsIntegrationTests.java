package io.podlifecycle.process;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients see of the ends of their streams while others never read theirs.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StuckStreamsIntegrationTests {

	private static final String SOCKET = "WebSocket /flood/socket";

	private static final String HTTP2 = "GET /flood/http2";

	private static final String STOMP = "WebSocket /stomp";

	private static final List<String> HEALTHY_IN_MVC = List.of("/emitter", "/flux", "/marked", "/functional");

	private static final List<String> HEALTHY_IN_WEBFLUX = List.of("/flux", "/lines");

	private static final String[] COMMON = { "--pod-lifecycle.shutdown.propagation.when=never",
			// Spring MVC sends what a Flux emits on these threads.
			"--spring.task.execution.pool.core-size=50" };

	private static final String[] SMALL = { "--pod-lifecycle.shutdown.drain-timeout=10s", "--app.pace=200ms" };

	/** Tomcat's default for connections that wait to be accepted. */
	private static final int BACKLOG = 100;

	private static final String[] HTTP2_ON_NETTY = add(StreamsIntegrationTests.ON_NETTY, "--server.http2.enabled=true");

	/** By default Tomcat gives up clients after 20 s, which a busy machine may take. */
	private static final String CONNECTION_TIMEOUT = "--server.tomcat.connection-timeout=5m";

	private static final String[] ON_TOMCAT = add(StreamsIntegrationTests.ON_TOMCAT, CONNECTION_TIMEOUT);

	@Test
	void inSpringMvcHalfOfTheClientsDoNotRead() throws Exception {
		assertStuckClientsHoldUpNobody(start(Server.TOMCAT), 200, HEALTHY_IN_MVC, Map.of("GET /flood/emitter", 80,
				"GET /flood/marked", 25, "GET /flood/functional", 25, "GET /flood/flux", 20, SOCKET, 40, STOMP, 10));
	}

	@Test
	@Tag("full")
	void inSpringMvcTwoThousandOfFourThousandDoNotRead() throws Exception {
		assertStuckClientsHoldUpNobody(
				startLarge(Server.TOMCAT, "--pod-lifecycle.shutdown.drain-timeout=20s", "--app.pace=3s",
						CONNECTION_TIMEOUT),
				2000, HEALTHY_IN_MVC, Map.of("GET /flood/emitter", 1000, "GET /flood/marked", 300,
						"GET /flood/functional", 300, "GET /flood/flux", 20, SOCKET, 370, STOMP, 10));
	}

	@Test
	@Tag("full")
	void inSpringMvcOnJetty() throws Exception {
		assertStuckClientsHoldUpNobody(start(Server.JETTY), 60, HEALTHY_IN_MVC, Map.of("GET /flood/emitter", 10,
				"GET /flood/marked", 5, "GET /flood/functional", 5, "GET /flood/flux", 5, SOCKET, 10, STOMP, 5));
	}

	@Test
	@Tag("full")
	void inSpringWebFluxOnReactorNetty() throws Exception {
		assertStuckClientsHoldUpNobody(startWebFlux(StreamsIntegrationTests.ON_NETTY), 60, HEALTHY_IN_WEBFLUX,
				Map.of("GET /flood/flux", 30, SOCKET, 10));
	}

	@Test
	@Tag("full")
	void inSpringWebFluxOnTomcat() throws Exception {
		assertStuckClientsHoldUpNobody(startWebFlux(ON_TOMCAT), 60, HEALTHY_IN_WEBFLUX,
				Map.of("GET /flood/flux", 30, SOCKET, 10));
	}

	@Test
	@Tag("full")
	void whoseHttp2WindowsAreFull() throws Exception {
		assertStuckClientsHoldUpNobody(startWebFlux(HTTP2_ON_NETTY), 60, HEALTHY_IN_WEBFLUX, Map.of(HTTP2, 30));
	}

	/**
	 * Those that read see the end of their streams in the first half of the shutdown; the
	 * others are cut off at its end.
	 */
	private static void assertStuckClientsHoldUpNobody(Service started, int healthy, List<String> paths,
			Map<String, Integer> stuck) throws Exception {
		try (Service service = started; StuckClients stuckClients = new StuckClients(service)) {
			StreamClient client = new StreamClient(service);
			List<CompletableFuture<HttpResponse<String>>> streams = new ArrayList<>();
			for (int i = 0; i < healthy; i++) {
				streams.add(client.open(paths.get(i % paths.size())));
				if (streams.size() % BACKLOG == 0) {
					service.awaitStatus(service.uri("/opened?count=" + streams.size()), 200);
				}
			}
			List<CompletableFuture<Long>> ends = streams.stream()
				.map((stream) -> stream.handle((response, failure) -> System.nanoTime()))
				.toList();
			open(stuck, stuckClients);
			service.awaitStatus(service.uri("/opened?count=" + healthy), 200);
			service.awaitStatus(service.uri("/blocked?count=" + sum(stuck)), 200);
			long begin = System.nanoTime();
			assertThat(service.terminate().awaitExit(Duration.ofMinutes(2))).as(service::log).isEqualTo(143);
			long shutdown = System.nanoTime() - begin;
			assertReport(service.log(), healthy, stuck);
			for (CompletableFuture<HttpResponse<String>> stream : streams) {
				StreamsIntegrationTests.assertEndsWithAWholeEvent("stream", stream);
			}
			assertThat(ends).allSatisfy((end) -> assertThat(end.join() - begin).isLessThan(shutdown / 2));
		}
	}

	private static Service start(Server server) {
		return Service
			.startApplication(StreamApplication.class, AppProcess.builder(), server.classPath(), add(COMMON, SMALL))
			.awaitReady();
	}

	/** With a heap for thousands of connections. */
	private static Service startLarge(Server server, String... arguments) {
		SharedClasses shared = SharedClasses.of(server.classPath());
		return Service
			.startAsIs(shared.addTo(AppProcess.builder()).jvmOption(Service.JVM_OPTIONS).jvmOption("-Xmx1g"),
					StreamApplication.class, shared.classPath(), FreePort.next(), add(COMMON, arguments))
			.awaitReady();
	}

	private static Service startWebFlux(String... arguments) {
		return Service
			.startApplication(StreamApplication.class, AppProcess.builder(), Server.classPathWithoutJetty(),
					add(add(COMMON, SMALL), arguments))
			.awaitReady();
	}

	private static String[] add(String[] arguments, String... further) {
		return Stream.of(arguments, further).flatMap(Stream::of).toArray(String[]::new);
	}

	private static void open(Map<String, Integer> stuck, StuckClients clients) throws IOException {
		for (Map.Entry<String, Integer> each : stuck.entrySet()) {
			String path = each.getKey().substring(each.getKey().lastIndexOf(' ') + 1);
			if (each.getKey().equals(SOCKET)) {
				clients.openSockets(each.getValue(), path);
			}
			else if (each.getKey().equals(STOMP)) {
				clients.openStomp(each.getValue(), path);
			}
			else if (each.getKey().equals(HTTP2)) {
				clients.openHttp2(each.getValue(), path);
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

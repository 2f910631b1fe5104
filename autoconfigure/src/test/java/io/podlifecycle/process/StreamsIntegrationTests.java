package io.podlifecycle.process;

import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.process.AppProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients see of their streams when the process is sent SIGTERM.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class StreamsIntegrationTests {

	private static final String NO_DELAY = "--pod-lifecycle.shutdown.propagation.when=never";

	private static final String[] ARGUMENTS_OF_THROTTLED = { NO_DELAY, "--pod-lifecycle.shutdown.streams.spread=0s" };

	static final String[] ON_NETTY = inSpringWebFlux(
			"org.springframework.boot.tomcat.autoconfigure.reactive" + ".TomcatReactiveWebServerAutoConfiguration");

	static final String[] ON_TOMCAT = inSpringWebFlux(
			"org.springframework.boot.reactor.netty.autoconfigure" + ".NettyReactiveWebServerAutoConfiguration");

	@Test
	void inSpringMvcAllEndCleanly() throws Exception {
		try (Service service = Service.startApplication(StreamApplication.class, NO_DELAY,
				"--server.http2.enabled=true")) {
			service.awaitReady();
			StreamClient client = new StreamClient(service);
			Map<String, CompletableFuture<HttpResponse<String>>> streams = new TreeMap<>();
			for (String path : List.of("/emitter", "/entity", "/flux", "/functional", "/marked", "/lines")) {
				streams.put(path, client.open(path));
			}
			streams.put("/emitter h2", client.open("/emitter", Version.HTTP_2));
			CompletableFuture<HttpResponse<String>> poll = client.open("/poll");
			CompletableFuture<Integer> socket = client.openSocket("/socket");
			CompletableFuture<Integer> sockJs = client.openSocket("/sockjs/websocket");
			CompletableFuture<Integer> stomp = client.openStomp("/stomp");
			service.awaitStatus(service.uri("/opened?count=10"), 200);
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
			for (Map.Entry<String, CompletableFuture<HttpResponse<String>>> stream : streams.entrySet()) {
				assertEndsWithAWholeEvent(stream.getKey(), stream.getValue());
			}
			assertThat(now(streams.get("/emitter h2")).version()).isEqualTo(Version.HTTP_2);
			assertThat(now(poll).body()).isEqualTo("nothing yet");
			assertThat(now(socket)).isEqualTo(1001);
			assertThat(now(sockJs)).isEqualTo(1001);
			assertThat(now(stomp)).isEqualTo(1001);
			assertThat(shutdownLog(service)).contains(" 0 cut off", "streams has 0 left, 11 ended")
				.doesNotContain("ERROR", "WARN");
		}
	}

	@Test
	@Tag("full")
	void inSpringWebFluxAllEndCleanly() throws Exception {
		assertAllEndCleanlyInSpringWebFlux(ON_NETTY);
	}

	@Test
	@Tag("full")
	void inSpringWebFluxOnTomcatAllEndCleanly() throws Exception {
		assertAllEndCleanlyInSpringWebFlux(ON_TOMCAT);
	}

	private static String[] inSpringWebFlux(String otherServer) {
		return new String[] { "--spring.main.web-application-type=reactive",
				"--spring.autoconfigure.exclude=" + otherServer };
	}

	private static void assertAllEndCleanlyInSpringWebFlux(String[] arguments) throws Exception {
		String[] all = Stream.concat(Stream.of(NO_DELAY), Stream.of(arguments)).toArray(String[]::new);
		try (Service service = Service.startApplication(StreamApplication.class, AppProcess.builder(),
				Server.classPathWithoutJetty(), all)) {
			service.awaitReady();
			StreamClient client = new StreamClient(service);
			CompletableFuture<HttpResponse<String>> flux = client.open("/flux");
			CompletableFuture<HttpResponse<String>> lines = client.open("/lines");
			CompletableFuture<Integer> socket = client.openSocket("/socket");
			CompletableFuture<Integer> sending = client.openSocket("/sending");
			CompletableFuture<Integer> gateway = client.openSocket("/gateway");
			service.awaitStatus(service.uri("/opened?count=5"), 200);
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
			assertEndsWithAWholeEvent("/flux", flux);
			assertEndsWithAWholeEvent("/lines", lines);
			assertThat(now(socket)).isEqualTo(1001);
			assertThat(now(sending)).isEqualTo(1001);
			assertThat(now(gateway)).isEqualTo(1001);
			assertThat(service.log()).contains(" 0 cut off", "streams has 0 left, 5 ended");
		}
	}

	@Test
	@Tag("full")
	void manyEndSpreadOverTime() throws Exception {
		int count = 200;
		Duration spread = Duration.ofSeconds(8);
		try (Service service = Service.startApplication(StreamApplication.class, NO_DELAY, "--app.pace=200ms",
				"--pod-lifecycle.shutdown.streams.spread=" + spread.toSeconds())) {
			service.awaitReady();
			StreamClient client = new StreamClient(service);
			List<CompletableFuture<HttpResponse<String>>> streams = new ArrayList<>();
			List<CompletableFuture<Long>> ends = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				CompletableFuture<HttpResponse<String>> stream = client.open((i % 2 == 0) ? "/emitter" : "/flux");
				streams.add(stream);
				ends.add(stream.thenApply((response) -> System.nanoTime()));
			}
			service.awaitStatus(service.uri("/opened?count=" + count), 200);
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
			for (CompletableFuture<HttpResponse<String>> stream : streams) {
				assertEndsWithAWholeEvent("stream", stream);
			}
			List<Long> times = ends.stream().map(CompletableFuture::join).sorted().toList();
			Duration most = Duration.ofNanos(times.get(count * 3 / 4) - times.get(0));
			Duration all = Duration.ofNanos(times.get(count - 1) - times.get(count / 4));
			assertThat(most).isGreaterThan(spread.dividedBy(4));
			assertThat(all).isGreaterThan(spread.dividedBy(4));
			assertThat(service.log()).contains(" 0 cut off");
		}
	}

	@Test
	@Tag("full")
	void theyGoOnDuringThePropagationDelayAndThoseThatOpenDuringTheDrainEndAtOnce() throws Exception {
		try (Service service = Service.startApplication(StreamApplication.class,
				"--pod-lifecycle.shutdown.propagation.when=always", "--pod-lifecycle.shutdown.propagation.mode=fixed",
				"--pod-lifecycle.shutdown.propagation.max=4s")) {
			service.awaitReady();
			StreamClient client = new StreamClient(service);
			CompletableFuture<HttpResponse<String>> early = client.open("/emitter");
			CompletableFuture<HttpResponse<String>> slow = client.open("/slow?ms=12000");
			service.awaitStatus(service.uri("/opened?count=2"), 200);
			service.terminate().awaitLog("Shutting down on SIGTERM");
			CompletableFuture<HttpResponse<String>> late = client.open("/emitter");
			service.awaitStatus(service.uri("/opened?count=3"), 200);
			assertThat(early).isNotDone();
			assertThat(service.log()).doesNotContain("Draining after");
			service.awaitLog("Draining after");
			assertEndsWithAWholeEvent("early", early);
			assertEndsWithAWholeEvent("late", late);
			assertThat(client.open("/emitter").get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
			assertThat(client.openSocket("/socket").get(60, TimeUnit.SECONDS)).isEqualTo(1001);
			assertThat(slow).isNotDone();
			assertThat(service.awaitExit()).isEqualTo(143);
			assertThat(now(slow).body()).isEqualTo("slow");
			assertThat(service.log()).contains(" 0 cut off");
		}
	}

	/**
	 * A container with a CPU limit is paused like this, by the scheduler of the kernel.
	 */
	@Test
	@Tag("full")
	void webSocketsOfAProcessThatIsThrottledAreClosedCleanlyInSpringMvc() throws Exception {
		assertAreClosedCleanlyWhileThrottled(Service.startApplication(StreamApplication.class, ARGUMENTS_OF_THROTTLED));
	}

	@Test
	@Tag("full")
	void webSocketsOfAProcessThatIsThrottledAreClosedCleanlyInSpringWebFluxOnTomcat() throws Exception {
		String[] arguments = Stream.concat(Stream.of(ARGUMENTS_OF_THROTTLED), Stream.of(ON_TOMCAT))
			.toArray(String[]::new);
		assertAreClosedCleanlyWhileThrottled(Service.startApplication(StreamApplication.class, AppProcess.builder(),
				Server.classPathWithoutJetty(), arguments));
	}

	private static void assertAreClosedCleanlyWhileThrottled(Service started) throws Exception {
		try (Service service = started) {
			service.awaitReady();
			StreamClient client = new StreamClient(service);
			List<CompletableFuture<Integer>> sockets = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				sockets.add(client.openSocket("/socket"));
			}
			service.awaitStatus(service.uri("/opened?count=100"), 200);
			service.throttleUntilExit();
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
			for (CompletableFuture<Integer> socket : sockets) {
				assertThat(now(socket)).as(service::log).isEqualTo(1001);
			}
			assertThat(service.log()).contains(" 0 cut off", "streams has 0 left, 100 ended");
		}
	}

	@Test
	void withTheLibraryOffTheyAreCutOffAtTheEnd() throws Exception {
		assertAreCutOff("--pod-lifecycle.enabled=false");
	}

	@Test
	@Tag("full")
	void switchedOffTheyAreCutOffAtTheEnd() throws Exception {
		assertAreCutOff("--pod-lifecycle.shutdown.streams.enabled=false");
	}

	private static void assertAreCutOff(String off) throws Exception {
		try (Service service = Service.startApplication(StreamApplication.class, NO_DELAY, off,
				"--pod-lifecycle.shutdown.drain-timeout=2s", "--spring.lifecycle.timeout-per-shutdown-phase=2s")) {
			service.awaitReady();
			StreamClient client = new StreamClient(service);
			CompletableFuture<HttpResponse<String>> emitter = client.open("/emitter");
			CompletableFuture<Integer> socket = client.openSocket("/socket");
			service.awaitStatus(service.uri("/opened?count=2"), 200);
			assertThat(service.terminate().awaitExit()).isEqualTo(143);
			assertThat(now(socket)).isEqualTo(StreamClient.ABNORMAL);
			assertThat(emitter).failsWithin(60, TimeUnit.SECONDS);
		}
	}

	private static String shutdownLog(Service service) {
		String log = service.log();
		return log.substring(log.indexOf("Shutting down on SIGTERM"));
	}

	static void assertEndsWithAWholeEvent(String name, CompletableFuture<HttpResponse<String>> stream)
			throws Exception {
		HttpResponse<String> response = now(stream);
		assertThat(response.statusCode()).as(name).isEqualTo(200);
		assertThat(response.body()).as(name)
			.matches((body) -> body.isEmpty() || body.stripTrailing().endsWith("end")
					|| body.stripTrailing().endsWith("end\"}"));
	}

	private static <T> T now(CompletableFuture<T> future) throws Exception {
		return future.get(60, TimeUnit.SECONDS);
	}

}

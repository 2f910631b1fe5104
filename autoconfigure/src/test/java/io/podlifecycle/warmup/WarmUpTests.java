package io.podlifecycle.warmup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.podlifecycle.boot.InvalidPropertyException;
import io.podlifecycle.boot.StartupProperties;
import io.podlifecycle.time.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WarmUpTests {

	private final Queue<String> requests = new ConcurrentLinkedQueue<>();

	private final CyclicBarrier together = new CyclicBarrier(2);

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final HttpServer server = create();

	private static HttpServer create() {
		try {
			return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@BeforeEach
	void start() {
		this.server.createContext("/", (exchange) -> answer(exchange, 200));
		this.server.createContext("/broken", (exchange) -> answer(exchange, 500));
		this.server.createContext("/together", (exchange) -> {
			try {
				this.together.await();
			}
			catch (Exception ex) {
				throw new IOException(ex);
			}
			answer(exchange, 200);
		});
		this.server.setExecutor(this.executor);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

	@Test
	void requestsEachPathAsOftenAsItIsTold() {
		WarmUpResult result = warmUp(3, 1, "/a", "/b?c=d");
		assertThat(result.isComplete()).isTrue();
		assertThat(this.requests).containsExactly("/a", "/b?c=d", "/a", "/b?c=d", "/a", "/b?c=d");
	}

	@Test
	void sendsSeveralAtTheSameTime() {
		assertThat(warmUp(2, 2, "/together").isComplete()).isTrue();
	}

	@Test
	void anErrorIsCountedAndTheRestGoesOn() {
		WarmUpResult result = warmUp(2, 1, "/broken", "/a");
		assertThat(result.isComplete()).isFalse();
		assertThat(result.succeeded()).isEqualTo(2);
		assertThat(this.requests).hasSize(4);
	}

	@Test
	void endsWhenItsTimeIsOver() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			WarmUpSettings settings = new WarmUpSettings(List.of(WarmUpRequest.get("/")), 4, 2, false,
					Duration.ofMillis(200), false);
			WarmUpResult result = new WarmUp(settings, Ticker.system())
				.run(URI.create("http://127.0.0.1:" + silent.getLocalPort()));
			assertThat(result.succeeded()).isZero();
			assertThat(result.requests()).isEqualTo(4);
		}
	}

	@Test
	void onceStoppedItSendsNoFurtherRequest() {
		WarmUpSettings settings = new WarmUpSettings(List.of(WarmUpRequest.get("/stop")), 10, 1, false,
				Duration.ofSeconds(30), false);
		WarmUp warmUp = new WarmUp(settings, Ticker.system());
		this.server.createContext("/stop", (exchange) -> {
			warmUp.stop();
			answer(exchange, 200);
		});
		WarmUpResult result = warmUp.run(URI.create("http://127.0.0.1:" + this.server.getAddress().getPort()));
		assertThat(this.requests).hasSize(1);
		assertThat(result.succeeded()).isEqualTo(1);
		assertThat(result.isComplete()).isFalse();
	}

	@Test
	void sendsMethodHeadersAndBody() {
		List<String> seen = new CopyOnWriteArrayList<>();
		this.server.createContext("/orders", (exchange) -> {
			seen.add(exchange.getRequestMethod() + " " + exchange.getRequestHeaders().getFirst("Content-Type") + " "
					+ new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			answer(exchange, 201);
		});
		WarmUpRequest order = new WarmUpRequest("POST", "/orders?dry-run=true",
				Map.of("Content-Type", "text/plain", "user-agent", "a client"), "one äpple");
		assertThat(warmUp(1, 1, false, List.of(order)).isComplete()).isTrue();
		assertThat(seen).containsExactly("POST text/plain one äpple");
		assertThat(this.requests).containsExactly("/orders?dry-run=true");
	}

	/** At a hundredth of the machine a batch may be slow: there is no upper limit. */
	@Test
	void goesOnUntilTheLatencyHasLeveledOff() {
		AtomicInteger answered = new AtomicInteger();
		this.server.createContext("/warms", (exchange) -> {
			// Its code is compiled after 300 requests.
			LockSupport.parkNanos((answered.getAndIncrement() < 300) ? 5_000_000 : 0);
			answer(exchange, 200);
		});
		WarmUpResult result = warmUp(1, 4, true, List.of(WarmUpRequest.get("/warms")));
		assertThat(result.requests()).isGreaterThanOrEqualTo(700);
		assertThat(result.succeeded()).isEqualTo(result.requests());
	}

	@Test
	void aLatencyThatDoesNotLevelOffEndsWithTheTimeAndIsNoFailure() {
		AtomicInteger answered = new AtomicInteger();
		this.server.createContext("/improves", (exchange) -> {
			answer(exchange, 200);
			answered.incrementAndGet();
		});
		WarmUpSettings settings = new WarmUpSettings(List.of(WarmUpRequest.get("/improves")), Integer.MAX_VALUE, 2,
				true, Duration.ofSeconds(1), true);
		WarmUpResult result = new WarmUp(settings, Ticker.system())
			.run(URI.create("http://127.0.0.1:" + this.server.getAddress().getPort()));
		assertThat(result.isComplete()).isTrue();
		// The rest of the time is waited for in whole milliseconds.
		assertThat(result.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(999));
	}

	@ParameterizedTest
	@CsvSource({ "GET, orders, X-Tenant", "GET, /orders, Host", "'NO METHOD', /orders, X-Tenant",
			"GET, /o rders, X-Tenant" })
	void aRequestThatCannotBeSentIsNamed(String method, String path, String header) {
		StartupProperties.WarmUp properties = new StartupProperties.WarmUp();
		StartupProperties.WarmUp.Request request = new StartupProperties.WarmUp.Request();
		request.setMethod(method);
		request.setPath(path);
		request.setHeaders(Map.of(header, "blue"));
		properties.setRequests(List.of(request));
		assertThatExceptionOfType(InvalidPropertyException.class)
			.isThrownBy(() -> WarmUpSettingsMapper.settings(properties))
			.withMessageContaining("pod-lifecycle.startup.warm-up.requests");
	}

	private void answer(HttpExchange exchange, int status) throws IOException {
		assertThat(exchange.getRequestHeaders().getFirst("User-Agent")).isEqualTo(WarmUp.USER_AGENT);
		this.requests.add(exchange.getRequestURI().toString());
		exchange.sendResponseHeaders(status, -1);
		exchange.close();
	}

	private WarmUpResult warmUp(int count, int concurrency, String... paths) {
		return warmUp(count, concurrency, false, Stream.of(paths).map(WarmUpRequest::get).toList());
	}

	private WarmUpResult warmUp(int count, int concurrency, boolean untilSteady, List<WarmUpRequest> requests) {
		WarmUpSettings settings = new WarmUpSettings(requests, count, concurrency, untilSteady, Duration.ofSeconds(30),
				false);
		return new WarmUp(settings, Ticker.system())
			.run(URI.create("http://127.0.0.1:" + this.server.getAddress().getPort()));
	}

}

package io.podlifecycle.warmup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.podlifecycle.time.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

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
			WarmUpSettings settings = new WarmUpSettings(List.of("/"), 4, 2, Duration.ofMillis(200), false);
			WarmUpResult result = new WarmUp(settings, Ticker.system())
				.run(URI.create("http://127.0.0.1:" + silent.getLocalPort()));
			assertThat(result.succeeded()).isZero();
			assertThat(result.requests()).isEqualTo(4);
		}
	}

	@Test
	void onceStoppedItSendsNoFurtherRequest() {
		WarmUpSettings settings = new WarmUpSettings(List.of("/stop"), 10, 1, Duration.ofSeconds(30), false);
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

	private void answer(HttpExchange exchange, int status) throws IOException {
		assertThat(exchange.getRequestHeaders().getFirst("User-Agent")).isEqualTo(WarmUp.USER_AGENT);
		this.requests.add(exchange.getRequestURI().toString());
		exchange.sendResponseHeaders(status, -1);
		exchange.close();
	}

	private WarmUpResult warmUp(int count, int concurrency, String... paths) {
		WarmUpSettings settings = new WarmUpSettings(List.of(paths), count, concurrency, Duration.ofSeconds(30), false);
		return new WarmUp(settings, Ticker.system())
			.run(URI.create("http://127.0.0.1:" + this.server.getAddress().getPort()));
	}

}

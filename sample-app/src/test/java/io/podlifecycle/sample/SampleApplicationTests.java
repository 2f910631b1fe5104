package io.podlifecycle.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import io.podlifecycle.rehearsal.load.Load;
import io.podlifecycle.rehearsal.load.LoadResult;
import io.podlifecycle.rehearsal.load.RunningLoad;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes longer than a unit test: the application is started with its web server. It is
 * stopped without a graceful phase, which would wait for streams whose clients have left.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "sample.stream-interval=50ms", "server.shutdown=immediate" })
class SampleApplicationTests {

	private static final HttpServer fortunes = start();

	private static volatile int status = 200;

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void fortuneServer(DynamicPropertyRegistry properties) {
		properties.add("FORTUNE_URL", () -> "http://localhost:" + fortunes.getAddress().getPort() + "/");
	}

	@AfterAll
	static void stop() {
		fortunes.stop(0);
	}

	@Test
	void answersTheFortuneThatTheServerTells() throws Exception {
		status = 200;
		HttpResponse<String> response = get("/");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("All is well.");
	}

	@Test
	void saysThatThereIsNoFortuneWhenTheServerFails() throws Exception {
		status = 500;
		HttpResponse<String> response = get("/");
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
		assertThat(response.body()).isEqualTo("No fortune now: the fortune server does not answer.\n");
	}

	@Test
	void saysHelloAlsoWhenTheFortuneServerFails() throws Exception {
		status = 500;
		assertThat(get("/hello").body()).startsWith("Hello from ");
	}

	@Test
	void answersTheProbes() throws Exception {
		assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
		assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
	}

	@Test
	void tellsFortunesAsEventsAndOverAWebSocket() throws Exception {
		URI hello = URI.create("http://localhost:" + this.port + "/hello");
		try (RunningLoad load = Load.builder(hello, Duration.ofSeconds(2))
			.sseClients(1, "/fortunes", Duration.ZERO)
			.webSocketClients(1, "/fortunes/socket", Duration.ZERO)
			.start()) {
			assertThat(load.awaitEnd(Duration.ofSeconds(60))).isTrue();
			LoadResult result = load.stop();
			assertThat(result.failures()).isEmpty();
			assertThat(result.clients()).hasSize(2).allSatisfy((sort) -> assertThat(sort.events()).isGreaterThan(2));
		}
	}

	@Test
	void goesOnFromWhereTheClientWas() throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/fortunes"))
			.header("Last-Event-ID", "41")
			.build();
		try (Stream<String> lines = this.http.send(request, BodyHandlers.ofLines()).body()) {
			assertThat(lines.filter((line) -> line.startsWith("id:")).findFirst()).hasValue("id:42");
		}
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:" + this.port + path);
		return this.http.send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).build(),
				BodyHandlers.ofString());
	}

	private static HttpServer start() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/", (exchange) -> {
				try (exchange) {
					byte[] body = "All is well.".getBytes(StandardCharsets.UTF_8);
					exchange.getResponseHeaders().set("Content-Type", "text/plain");
					exchange.sendResponseHeaders(status, body.length);
					exchange.getResponseBody().write(body);
				}
			});
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

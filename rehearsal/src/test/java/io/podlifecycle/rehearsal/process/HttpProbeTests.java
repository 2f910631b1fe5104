package io.podlifecycle.rehearsal.process;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HttpProbeTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration SHORT = Duration.ofMillis(200);

	private HttpServer server;

	private final AtomicInteger asked = new AtomicInteger();

	private final AtomicInteger unavailableUntil = new AtomicInteger();

	private final Queue<String> userAgents = new ConcurrentLinkedQueue<>();

	HttpProbeTests() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
	}

	@BeforeEach
	void startServer() {
		this.server.createContext("/", (exchange) -> {
			this.userAgents.add(String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent")));
			boolean redirect = exchange.getRequestURI().getPath().equals("/redirect");
			int status = redirect ? 302 : (this.asked.incrementAndGet() > this.unavailableUntil.get()) ? 200 : 503;
			exchange.getResponseHeaders().set("Location", "/elsewhere");
			exchange.sendResponseHeaders(status, 2);
			exchange.getResponseBody().write(new byte[] { 'O', 'K' });
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stopServer() {
		this.server.stop(0);
	}

	@Test
	void asksOnceAndReturnsTheAnswer() throws IOException {
		HttpProbe.Answer answer = HttpProbe.of("some-agent", LONG).get(uri("/"));
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("OK");
		assertThat(answer.headers()).contains("Location: /elsewhere");
		assertThat(this.userAgents).containsExactly("some-agent");
	}

	@Test
	void doesNotRetryOrFollowARedirect() throws IOException {
		this.unavailableUntil.set(1);
		assertThat(HttpProbe.create().get(uri("/")).status()).isEqualTo(503);
		assertThat(HttpProbe.create().get(uri("/redirect")).status()).isEqualTo(302);
		assertThat(this.userAgents).hasSize(2);
	}

	@Test
	void awaitsAStatus() {
		this.unavailableUntil.set(3);
		assertThat(HttpProbe.create().awaitStatus(uri("/"), 200, LONG).status()).isEqualTo(200);
		assertThat(this.asked).hasValue(4);
	}

	@Test
	void whenTheStatusDoesNotComeSaysWhatCameInstead() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> HttpProbe.create().awaitStatus(uri("/"), 418, SHORT))
			.withMessageContaining("418")
			.withMessageContaining("status=200");
	}

	@Test
	void whenNobodyListensSaysSo() {
		URI nobody = URI.create("http://127.0.0.1:" + FreePort.next() + "/");
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> HttpProbe.create().get(nobody));
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> HttpProbe.create().awaitStatus(nobody, 200, SHORT))
			.withMessageContaining("refused")
			.withCauseInstanceOf(ConnectException.class);
	}

	@Test
	void refusesATimeoutOfZero() {
		assertThatIllegalArgumentException().isThrownBy(() -> HttpProbe.of("some-agent", Duration.ZERO));
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + path);
	}

}

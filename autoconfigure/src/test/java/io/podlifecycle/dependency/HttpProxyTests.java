package io.podlifecycle.dependency;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.dependency.ProbeResult.Status;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An HTTP probe goes the way that the application's own clients go.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HttpProxyTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final @Nullable ProxySelector before = ProxySelector.getDefault();

	private final ServerSocket proxy = listen();

	private final Queue<String> requests = new ConcurrentLinkedQueue<>();

	private final Thread thread = new Thread(this::serve, "proxy");

	private volatile String answer = "HTTP/1.1 204 No Content\r\n\r\n";

	private static ServerSocket listen() {
		try {
			return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@BeforeEach
	void start() {
		this.thread.setDaemon(true);
		this.thread.start();
		ProxySelector.setDefault(new ProxySelector() {

			@Override
			public List<Proxy> select(URI uri) {
				return List.of(uri.toString().contains("direct") ? Proxy.NO_PROXY
						: new Proxy(Proxy.Type.HTTP, HttpProxyTests.this.proxy.getLocalSocketAddress()));
			}

			@Override
			public void connectFailed(URI uri, SocketAddress address, IOException failure) {
			}

		});
	}

	@AfterEach
	void stop() throws IOException {
		ProxySelector.setDefault(this.before);
		this.proxy.close();
	}

	@Test
	void aPlainRequestNamesTheServerToTheProxy() throws Exception {
		assertThat(check("http://user:pass@fortune.invalid:81/a?b=c")).isEqualTo(ProbeResult.answered());
		assertThat(this.requests.remove()).startsWith("GET http://fortune.invalid:81/a?b=c HTTP/1.1\r\n")
			.contains("Host: fortune.invalid:81\r\n", "Authorization: Basic ");
	}

	@Test
	void aSecureRequestGoesThroughATunnel() throws Exception {
		this.answer = "HTTP/1.1 502 Bad Gateway\r\n\r\n";
		ProbeResult result = check("https://user:pass@fortune.invalid/");
		assertThat(this.requests.remove()).startsWith("CONNECT fortune.invalid:443 HTTP/1.1\r\n")
			.doesNotContain("Authorization");
		assertThat(result.status()).isEqualTo(Status.NOT_YET);
		assertThat(result.detail()).contains("502").endsWith("(through the proxy " + address() + ")");
	}

	@Test
	void theErrorSaysWhichWayWasTaken() throws Exception {
		this.answer = "HTTP/1.1 503 Unavailable\r\n\r\n";
		assertThat(check("http://fortune.invalid/"))
			.isEqualTo(ProbeResult.notYet("status 503 (through the proxy " + address() + ")"));
		this.proxy.close();
		// Until accept() has returned, the kernel takes connections.
		this.thread.join();
		ProbeResult absent = check("http://fortune.invalid/");
		assertThat(absent.status()).isEqualTo(Status.ABSENT);
		assertThat(absent.detail()).endsWith("(through the proxy " + address() + ")");
	}

	@Test
	void whatIsReachedDirectlyDoesNotGoThroughTheProxy() throws Exception {
		ProbeResult result = check("http://direct.invalid/");
		assertThat(result.status()).isEqualTo(Status.ABSENT);
		assertThat(result.detail()).contains("direct.invalid").endsWith("(without a proxy)");
		assertThat(this.requests).isEmpty();
	}

	private String address() {
		InetSocketAddress address = (InetSocketAddress) this.proxy.getLocalSocketAddress();
		return address.getHostString() + ":" + address.getPort();
	}

	private static ProbeResult check(String uri) throws Exception {
		return new Probes(Probes.builtIn()).create(ProbeRequest.of(Target.of(uri))).check(LIMIT);
	}

	private void serve() {
		while (!this.proxy.isClosed()) {
			try (Socket socket = this.proxy.accept()) {
				this.requests.add(readHead(socket.getInputStream()));
				OutputStream out = socket.getOutputStream();
				out.write(this.answer.getBytes(StandardCharsets.US_ASCII));
				out.flush();
			}
			catch (IOException ex) {
				// The next one, or the end.
			}
		}
	}

	private static String readHead(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		for (int next = in.read(); next >= 0; next = in.read()) {
			head.append((char) next);
			if (head.toString().endsWith("\r\n\r\n")) {
				break;
			}
		}
		return head.toString();
	}

}

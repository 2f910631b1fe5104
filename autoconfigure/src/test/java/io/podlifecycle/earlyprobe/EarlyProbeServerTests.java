package io.podlifecycle.earlyprobe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.process.FreePort;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What strangers see of the early probe server, and what they cannot do to it. Takes
 * seconds, since real clients have to be slow.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class EarlyProbeServerTests {

	private static final String SECRET = "db: password of orders is wrong";

	private final InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next());

	private final List<Socket> clients = new ArrayList<>();

	private EarlyProbeServer room = open(false);

	private EarlyProbeServer open(boolean showDetails) {
		try {
			return EarlyProbeServer.open(
					new EarlyProbeServerSettings(this.address, Set.of("/livez"), Set.of("/readyz"),
							Duration.ofMinutes(1), showDetails),
					() -> Map.of("db", SECRET), Ticker.system(), Sleeper.system());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@BeforeEach
	void isOpen() throws IOException {
		assertThat(get("/livez")).startsWith("HTTP/1.1 200 ");
	}

	@AfterEach
	void close() throws IOException {
		for (Socket client : this.clients) {
			client.close();
		}
		this.room.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /", "GET /actuator", "GET /actuator/env", "GET /livez/../actuator/env",
			"POST /actuator/shutdown", "PUT /hello", "DELETE /hello", "OPTIONS /hello", "TRACE /hello",
			"GET /actuator/prestop", "GET http://elsewhere/", "BREW /coffee" })
	void servesNothingElse(String request) throws IOException {
		String answer = ask(request + " HTTP/1.1\r\nHost: pod\r\n\r\n");
		assertThat(answer).startsWith("HTTP/1.1 503 ")
			.endsWith("\r\n\r\n{\"status\":\"OUT_OF_SERVICE\"}")
			.doesNotContain("Server:")
			.contains("Connection: close");
	}

	@Test
	void saysWhatIsMissingOnlyIfAllowed() throws IOException {
		assertThat(get("/readyz")).endsWith("\r\n\r\n{\"status\":\"OUT_OF_SERVICE\"}");
		this.room.close();
		this.room = open(true);
		assertThat(get("/readyz")).contains(SECRET);
		assertThat(get("/livez")).doesNotContain(SECRET);
	}

	@Test
	void slowClientsGiveWayToTheKubelet() throws IOException {
		for (int i = 0; i < 200; i++) {
			send("GET /hello HTTP/1.1\r\nHost: pod\r\nX-Slow: ");
		}
		for (int i = 0; i < 5; i++) {
			assertThat(get("/livez")).startsWith("HTTP/1.1 200 ");
			send("POST /hello HTTP/1.1\r\nHost: pod\r\nContent-Length: 1000000\r\n\r\n1");
			send("G");
		}
	}

	@Test
	void clientsThatTalkNonsenseAreRefusedAndNobodyElse() throws IOException {
		for (String nonsense : List.of("\u0000\r\n\r\n", "GET\r\n\r\n", "GET  HTTP/1.1\r\n\r\n",
				"GET / \r\n: x\r\n\r\n", "GET //livez HTTP/1.1\r\n\r\n", "GET /%zz HTTP/1.1\r\n\r\n",
				"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
				"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) {
			assertThat(ask(nonsense)).as(nonsense).doesNotContain(" 200 ").doesNotContain(SECRET, "\tat ");
			assertThat(get("/livez")).startsWith("HTTP/1.1 200 ");
		}
	}

	@Test
	void aHeaderWithoutEndIsCutOff() throws IOException {
		Socket client = send("GET /hello HTTP/1.1\r\nHost: pod\r\nX-Long: ");
		byte[] much = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
		long sent = 0;
		try {
			while (sent < (64L << 20)) {
				client.getOutputStream().write(much);
				sent += much.length;
			}
		}
		catch (IOException ex) {
			// Cut off, as it should be.
		}
		assertThat(sent).isLessThan(64L << 20);
		assertThat(get("/livez")).startsWith("HTTP/1.1 200 ");
	}

	private String get(String path) throws IOException {
		return ask("GET " + path + " HTTP/1.1\r\nHost: pod\r\nUser-Agent: kube-probe/1.33\r\n\r\n");
	}

	/** Return the whole answer, or what there was of it. */
	private String ask(String request) throws IOException {
		try (Socket client = send(request)) {
			client.setSoTimeout(30_000);
			return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
		}
		catch (SocketException ex) {
			return "closed: " + ex.getMessage();
		}
	}

	private Socket send(String text) throws IOException {
		Socket client = new Socket(this.address.getAddress(), this.address.getPort());
		this.clients.add(client);
		client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
		return client;
	}

}

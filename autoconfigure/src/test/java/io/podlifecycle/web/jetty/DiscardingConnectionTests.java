package io.podlifecycle.web.jetty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.podlifecycle.Conditions;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DiscardingConnectionTests {

	private static final Duration LONG = Duration.ofMinutes(1);

	private static final int PARTS = 64;

	private static final byte[] PART = new byte[64 * 1024];

	private final Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

	private final StatisticsHandler statistics = new StatisticsHandler(new Refusal());

	private Duration limit = LONG;

	@BeforeEach
	void startServer() throws Exception {
		connector().getConnectionFactory(HttpConnectionFactory.class)
			.getHttpConfiguration()
			.addCustomizer((request, headers) -> {
				DiscardingConnection.takeOverIfUnread(request, this.limit);
				return request;
			});
		this.server.setHandler(this.statistics);
		this.server.start();
	}

	@AfterEach
	void stopServer() throws Exception {
		this.server.stop();
	}

	@Test
	void readsWhatIsSentAfterTheAnswer() throws IOException {
		try (Socket client = refused("Content-Length: " + PARTS * PART.length)) {
			for (int i = 0; i < PARTS; i++) {
				client.getOutputStream().write(PART);
			}
		}
		Conditions.await(() -> connector().getConnectedEndPoints().isEmpty());
	}

	@Test
	void theRequestIsCompleteMeanwhile() throws IOException {
		try (Socket client = refused("Transfer-Encoding: chunked")) {
			Conditions.await(() -> this.statistics.getRequestsActive() == 0);
			assertThat(connector().getConnectedEndPoints()).extracting(EndPoint::getRemoteSocketAddress)
				.containsExactly(client.getLocalSocketAddress());
		}
	}

	@Test
	void readsNothingOfClientsThatWereNotToldToSend() throws IOException {
		try (Socket client = refused("Content-Length: " + PARTS * PART.length + "\r\nExpect: 100-continue")) {
			Conditions.await(() -> isReset(client));
		}
	}

	@Test
	void closesAfterTheLimit() throws IOException {
		this.limit = Duration.ofMillis(1);
		try (Socket client = refused("Transfer-Encoding: chunked")) {
			Conditions.await(() -> isReset(client));
		}
	}

	@Test
	void doesNotHoldUpTheStop() throws Exception {
		try (Socket client = refused("Transfer-Encoding: chunked")) {
			Conditions.await(() -> this.statistics.getRequestsActive() == 0);
			this.server.stop();
			Conditions.await(() -> isReset(client));
		}
	}

	/** A client that has read its answer up to the end. */
	private Socket refused(String header) throws IOException {
		Socket client = new Socket(InetAddress.getLoopbackAddress(), connector().getLocalPort());
		client.setSoTimeout((int) LONG.toMillis());
		client.getOutputStream()
			.write(("POST / HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)).contains(" 401 ",
				"Connection: close", "refused");
		return client;
	}

	private static boolean isReset(Socket client) {
		try {
			client.getOutputStream().write(PART);
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

	private ServerConnector connector() {
		return (ServerConnector) this.server.getConnectors()[0];
	}

	private static final class Refusal extends Handler.Abstract {

		@Override
		public boolean handle(Request request, Response response, Callback callback) {
			response.setStatus(HttpStatus.UNAUTHORIZED_401);
			Content.Sink.write(response, true, "refused", callback);
			return true;
		}

	}

}

package io.podlifecycle.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.Conditions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every answer of an application that quiesces asks its client to close the connection,
 * whoever gives it.
 */
@Tag("full")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class QuiescingAnswersIntegrationTests {

	private static final String HANDSHAKE = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n";

	private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

	@ParameterizedTest
	@EnumSource
	void eachAsksItsClientToClose(Stack stack) throws IOException {
		try (Service service = stack.start()) {
			assertThat(head(service, "GET /opened?count=0 HTTP/1.1", "")).contains(" 200").doesNotContain("close");
			assertThat(head(service, "OPTIONS * HTTP/1.1", "")).doesNotContain("close");
			assertThat(head(service, "GET /opened?count=0 HTTP/1.1", HANDSHAKE)).doesNotContain("close");
			quiesce(service);
			assertThat(head(service, "GET /missing HTTP/1.1", "")).contains(" 404", "connection: close");
			assertThat(head(service, "OPTIONS * HTTP/1.1", "")).contains("connection: close");
			assertThat(head(service, "TRACE / HTTP/1.1", "")).contains("connection: close");
			assertThat(head(service, "GET /a%2Fb HTTP/1.1", "")).contains(" 40", "connection: close");
			assertThat(head(service, "GET /a[b HTTP/1.1", "")).contains(" 40", "connection: close");
			assertThat(head(service, "GET /opened?count=0 HTTP/1.1", HANDSHAKE)).contains(" 200", "connection: close");
			assertThat(head(service, "GET /socket HTTP/1.1", HANDSHAKE)).contains(" 4", "connection: close");
			assertThat(head(service, "GET /socket HTTP/1.1", HANDSHAKE + KEY)).contains(" 101", "connection: upgrade")
				.doesNotContain("close");
			if (stack.servlet) {
				assertThat(head(service, "GET /reset HTTP/1.1", "")).contains(" 200", "connection: close");
			}
		}
	}

	private static void quiesce(Service service) {
		service.terminate();
		Conditions.await(() -> {
			try {
				return head(service, "GET /opened?count=0 HTTP/1.1", "").contains("connection: close");
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	/** The head of the answer, in lower case. */
	private static String head(Service service, String requestLine, String headers) throws IOException {
		try (Socket socket = connect(service)) {
			send(socket, requestLine, headers);
			return head(socket.getInputStream());
		}
	}

	private static Socket connect(Service service) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.address().getPort());
		socket.setSoTimeout((int) Service.START.toMillis());
		return socket;
	}

	private static void send(Socket socket, String requestLine, String headers) throws IOException {
		socket.getOutputStream()
			.write((requestLine + "\r\nHost: localhost\r\n" + headers + "\r\n").getBytes(StandardCharsets.US_ASCII));
	}

	private static String head(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		int next = 0;
		while (next >= 0 && head.indexOf("\r\n\r\n") < 0) {
			next = in.read();
			head.append((char) next);
		}
		return head.toString().toLowerCase(Locale.ROOT);
	}

	enum Stack {

		MVC_ON_TOMCAT(true, Server.TOMCAT.classPath()),

		MVC_ON_JETTY(true, Server.JETTY.classPath()),

		WEBFLUX_ON_REACTOR_NETTY(false, Server.classPathWithoutJetty(), StreamsIntegrationTests.ON_NETTY),

		WEBFLUX_ON_TOMCAT(false, Server.classPathWithoutJetty(), StreamsIntegrationTests.ON_TOMCAT),

		WEBFLUX_ON_JETTY(false, ClassPath.without("tomcat|" + ClassPath.CLIENTS), StreamsIntegrationTests.ON_TOMCAT);

		private final boolean servlet;

		private final String classPath;

		private final String[] arguments;

		Stack(boolean servlet, String classPath, String... arguments) {
			this.servlet = servlet;
			this.classPath = classPath;
			this.arguments = arguments;
		}

		private Service start() {
			// All of the test fits into the propagation delay.
			return Service
				.startApplication(AnswersApplication.class, Service.onKubernetes()
					.argument("--pod-lifecycle.shutdown.propagation.min=30s",
							"--pod-lifecycle.shutdown.propagation.max=30s", "--pod-lifecycle.shutdown.grace-period=90"),
						this.classPath, this.arguments)
				.awaitReady();
		}

	}

}

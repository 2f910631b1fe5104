package io.podlifecycle.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.podlifecycle.Conditions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every answer of an application that quiesces asks its client to close the connection,
 * whoever gives it; and none gets lost.
 */
@Tag("full")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class QuiescingAnswersIntegrationTests {

	private static final String HANDSHAKE = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n";

	private static final String EXPECT = "Expect: 100-continue\r\n";

	private static final int UPLOADS = 15;

	private static final int BODY = 1024 * 1024;

	private static final int PART = 64 * 1024;

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

	/**
	 * 15 clients of each kind, which send a body after its request was refused. Jetty by
	 * itself does not read on, so it may lose some until quiescing has begun; so may
	 * Tomcat if it has told a client to send.
	 */
	@ParameterizedTest
	@EnumSource
	void noneIsLostThatComesBeforeTheBodyOfItsRequest(Stack stack) throws IOException {
		try (Service service = stack.start()) {
			if (!stack.onJetty()) {
				assertThat(refusedUploads(service, stack)).containsOnly(UPLOADS);
			}
			quiesce(service);
			assertThat(refusedUploads(service, stack)).containsOnly(UPLOADS);
		}
	}

	private static void quiesce(Service service) {
		service.terminate();
		Conditions.await(() -> {
			try {
				return head(service, "GET /opened?count=0 HTTP/1.1", "").contains("connection: close")
						&& head(service, "OPTIONS * HTTP/1.1", "").contains("connection: close");
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	private static List<Integer> refusedUploads(Service service, Stack stack) throws IOException {
		return List.of(refusedUploadsAtOnce(service), refusedUploads(service, ""),
				refusedUploads(service, stack.onTomcat() ? "" : EXPECT), refusedUploadsOfHttpClient(service),
				refusedUploadsThroughProxy(service));
	}

	/** The first ones meet classes that the JVM has yet to load, which takes time. */
	private static int refusedUploadsAtOnce(Service service) {
		List<CompletableFuture<Boolean>> uploads = IntStream.range(0, UPLOADS)
			.mapToObj((upload) -> CompletableFuture.supplyAsync(() -> isRefused(service, ""),
					(task) -> new Thread(task, "upload").start()))
			.toList();
		return (int) uploads.stream().filter(CompletableFuture::join).count();
	}

	/** How many of the clients see that they were refused. */
	private static int refusedUploads(Service service, String headers) {
		return (int) IntStream.range(0, UPLOADS).filter((upload) -> isRefused(service, headers)).count();
	}

	private static boolean isRefused(Service service, String headers) {
		try (Socket socket = connect(service)) {
			send(socket, "POST /refuse HTTP/1.1", "Content-Length: " + BODY + "\r\n" + headers);
			String head = head(socket.getInputStream());
			boolean told = head.contains(" 100");
			// One that expects to be told whether to send its body may be told not to.
			for (int sent = (told || headers.isEmpty()) ? 0 : BODY; sent < BODY; sent += PART) {
				socket.getOutputStream().write(new byte[PART]);
			}
			head = told ? head(socket.getInputStream()) : head;
			String body = new String(socket.getInputStream().readNBytes("refused".length()), StandardCharsets.US_ASCII);
			return head.contains(" 401") && body.equals("refused");
		}
		catch (IOException ex) {
			System.out.println("An upload was cut off: " + ex);
			return false;
		}
	}

	private static int refusedUploadsOfHttpClient(Service service) {
		java.net.http.HttpClient client = java.net.http.HttpClient.newBuilder()
			.version(java.net.http.HttpClient.Version.HTTP_1_1)
			.build();
		HttpRequest upload = HttpRequest.newBuilder(service.uri("/refuse"))
			.POST(HttpRequest.BodyPublishers.ofByteArray(new byte[BODY]))
			.build();
		int refused = 0;
		for (int i = 0; i < UPLOADS; i++) {
			try {
				var answer = client.send(upload, HttpResponse.BodyHandlers.ofString());
				refused += (answer.statusCode() == 401 && answer.body().equals("refused")) ? 1 : 0;
			}
			catch (IOException ex) {
				System.out.println("An upload was cut off: " + ex);
			}
			catch (InterruptedException ex) {
				throw new AssertionError(ex);
			}
		}
		return refused;
	}

	private static int refusedUploadsThroughProxy(Service service) throws IOException {
		HttpClient client = HttpClient.create().baseUrl(service.uri("").toString());
		DisposableServer proxy = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> client.post()
				.uri(request.uri())
				.send(request.receive().retain())
				.responseSingle((answer, body) -> body.asString()
					.flatMap((text) -> response.status(answer.status()).sendString(Mono.just(text)).then()))
				.onErrorResume((failure) -> response.status(502).send()))
			.bindNow();
		try {
			int refused = 0;
			for (int i = 0; i < UPLOADS; i++) {
				var upload = (HttpURLConnection) URI.create("http://127.0.0.1:" + proxy.port() + "/refuse")
					.toURL()
					.openConnection();
				upload.setDoOutput(true);
				upload.setFixedLengthStreamingMode(BODY);
				upload.getOutputStream().write(new byte[BODY]);
				refused += (upload.getResponseCode() == 401) ? 1 : 0;
			}
			return refused;
		}
		finally {
			proxy.disposeNow();
		}
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

		WEBFLUX_ON_JETTY(false, Server.classPathWithoutTomcat(), StreamsIntegrationTests.ON_TOMCAT);

		private final boolean servlet;

		private final String classPath;

		@SuppressWarnings("ImmutableEnumChecker") // never changed
		private final String[] arguments;

		Stack(boolean servlet, String classPath, String... arguments) {
			this.servlet = servlet;
			this.classPath = classPath;
			this.arguments = arguments;
		}

		private boolean onTomcat() {
			return this == MVC_ON_TOMCAT || this == WEBFLUX_ON_TOMCAT;
		}

		private boolean onJetty() {
			return this == MVC_ON_JETTY || this == WEBFLUX_ON_JETTY;
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

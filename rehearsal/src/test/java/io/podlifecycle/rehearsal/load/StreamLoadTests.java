package io.podlifecycle.rehearsal.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.podlifecycle.rehearsal.load.Failure.Kind;
import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients of server-sent events and of WebSockets. Takes longer than other unit tests: a
 * load has to come to its end by itself after it has opened its streams.
 */
class StreamLoadTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration PAUSE = Duration.ofMillis(20);

	private static final String EVENTS = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

	private static final String SWITCHING = "HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\n";

	@Test
	void anSseStreamThatTheServerEndsIsNoFailureAndTheNextOneSaysWhereItWas() throws IOException {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			int first = connection.number * 2 - 1;
			connection.write(EVENTS + event(first) + event(first + 1) + "0\r\n\r\n");
		}); RunningLoad load = sse(server.uri())) {
			load.awaitRequests(3, LONG);
			LoadResult result = load.stop();
			assertThat(result.failures()).isEmpty();
			assertThat(result.clients()).singleElement().satisfies((sort) -> {
				assertThat(sort.sort()).isEqualTo("sse");
				assertThat(sort.requests()).isEqualTo(result.requests());
				assertThat(sort.events()).isBetween(result.requests() * 2 - 2, result.requests() * 2);
			});
			assertThat(server.requests.get(0)).startsWith("GET /events HTTP/1.1\n")
				.contains("Accept: text/event-stream\n")
				.doesNotContain("Last-Event-ID");
			assertThat(server.requests.get(1)).contains("Last-Event-ID: 2\n");
		}
	}

	@Test
	void anSseStreamThatIsResetIsAFailure() throws IOException {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write(EVENTS + event(1) + event(2));
			connection.reset();
		}); RunningLoad load = sse(server.uri())) {
			load.awaitRequests(1, LONG);
			assertThat(load.stop().failures().get(0)).satisfies((failure) -> {
				assertThat(failure.kind()).isEqualTo(Kind.RESET);
				assertThat(failure.client()).isEqualTo("sse-1");
			});
		}
	}

	@Test
	void anSseStreamWhoseConnectionIsClosedIsEof() throws IOException {
		assertSse(EVENTS + event(1) + event(2), Kind.EOF, 2);
	}

	@Test
	void anSseStreamThatEndsAmidAnEventIsEof() throws IOException {
		assertSse(EVENTS + event(1) + chunk("id:2\ndata:half\n") + "0\r\n\r\n", Kind.EOF, 1);
	}

	@Test
	void anSseStreamThatSkipsAnEventIsAGap() throws IOException {
		assertSse(EVENTS + event(1) + event(3) + "0\r\n\r\n", Kind.GAP, 2);
	}

	@Test
	void anSseStreamThatIsRefusedIsItsStatus() throws IOException {
		assertSse("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n", Kind.STATUS, 0);
	}

	@Test
	void anSseStreamThatBringsNothingIsATimeout() throws IOException {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write(EVENTS + event(1));
			connection.readRequest();
		});
				RunningLoad load = Load.builder(server.uri(), LONG)
					.sseClients(1, "/events", PAUSE)
					.timeout(Duration.ofMillis(300))
					.start()) {
			load.awaitRequests(1, LONG);
			assertThat(load.stop().failures().get(0).kind()).isEqualTo(Kind.TIMEOUT);
		}
	}

	@Test
	void eventsWithoutNumbersAreNotHeldAgainstEachOther() throws IOException {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write(EVENTS + chunk("data:a\n\n") + chunk("id:x7\ndata:b\n\n") + chunk(": comment\n\n")
					+ chunk("event:tick\ndata:c\n\n") + "0\r\n\r\n");
		}); RunningLoad load = sse(server.uri())) {
			load.awaitRequests(2, LONG);
			LoadResult result = load.stop();
			assertThat(result.failures()).isEmpty();
			assertThat(result.clients().get(0).events()).isGreaterThanOrEqualTo(6);
		}
	}

	@Test
	void whenNobodyListensIsRefused() {
		URI nobody = URI.create("http://127.0.0.1:" + FreePort.next() + "/");
		try (RunningLoad load = Load.builder(nobody, LONG)
			.sseClients(1, "/events", PAUSE)
			.webSocketClients(1, "/socket", PAUSE)
			.start()) {
			load.awaitRequests(6, LONG);
			// A stream that is refused while the load stops has not failed.
			LoadResult result = load.snapshot();
			assertThat(result.failed(Kind.REFUSED)).isEqualTo(result.requests());
			assertThat(result.clients()).hasSize(2).allMatch((sort) -> sort.failed() > 0);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 1001, 1012 })
	void aWebSocketThatTheServerClosesIsNoFailureAndTheNextOneSaysWhereItWas(int code) throws IOException {
		List<byte[]> answers = new CopyOnWriteArrayList<>();
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write(SWITCHING);
			connection.write(frame(9, "ping"));
			connection.write(frame(1, connection.number + " a fortune"));
			connection.write(close(code));
			answers.add(connection.bytes().readAllBytes());
		}); RunningLoad load = webSocket(server.uri())) {
			load.awaitRequests(3, LONG);
			LoadResult result = load.stop();
			assertThat(result.failures()).isEmpty();
			assertThat(result.clients().get(0).events()).isGreaterThanOrEqualTo(3);
			assertThat(server.requests.get(0)).startsWith("GET /socket HTTP/1.1\n")
				.contains("Upgrade: websocket\n", "Connection: Upgrade\n", "Sec-WebSocket-Version: 13\n")
				.doesNotContain("Last-Event-ID");
			assertThat(server.requests.get(1)).contains("Last-Event-ID: 1\n");
			// A pong and a close, both masked.
			assertThat(answers.get(0)).hasSize(6 + 4 + 6 + 2);
		}
	}

	@Test
	void aWebSocketWithAnotherCloseCodeIsItsCode() throws IOException {
		assertWebSocket((connection) -> connection.write(close(1011)), Kind.STATUS, "close code 1011");
	}

	@Test
	void aWebSocketWhoseConnectionIsClosedIsEof() throws IOException {
		assertWebSocket((connection) -> connection.write(frame(1, "1 a fortune")), Kind.EOF, "");
	}

	@Test
	void aWebSocketThatIsResetIsReset() throws IOException {
		assertWebSocket(RawServer.Connection::reset, Kind.RESET, "reset");
	}

	@Test
	void aWebSocketThatSkipsAMessageIsAGap() throws IOException {
		assertWebSocket((connection) -> {
			connection.write(frame(1, "4 a fortune"));
			connection.write(frame(1, "6 a fortune"));
		}, Kind.GAP, "Event 6 came instead of 5");
	}

	@Test
	void aWebSocketThatIsRefusedIsItsStatus() throws IOException {
		try (RawServer server = RawServer.answering("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
				RunningLoad load = webSocket(server.uri())) {
			load.awaitRequests(1, LONG);
			assertThat(load.stop().failures().get(0).detail()).isEqualTo("503");
		}
	}

	@Test
	void theEndOfTheLoadEndsStreamsWithoutAFailure() throws Exception {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			boolean socket = connection.lastRequest.contains("Upgrade");
			connection.write(socket ? SWITCHING : EVENTS + event(1));
			if (socket) {
				connection.write(frame(1, "1 a fortune"));
			}
			connection.bytes().readAllBytes();
		})) {
			RunningLoad load = Load.builder(server.uri(), Duration.ofSeconds(2))
				.timeout(LONG)
				.sseClients(2, "/events", PAUSE)
				.webSocketClients(2, "/socket", PAUSE)
				.start();
			assertThat(load.awaitEnd(LONG)).isTrue();
			LoadResult result = load.stop();
			assertThat(result.failures()).isEmpty();
			assertThat(result.requests()).isEqualTo(4);
			assertThat(result.clients()).allSatisfy((sort) -> assertThat(sort.events()).isEqualTo(2));
		}
	}

	private static void assertSse(String answer, Kind kind, int events) throws IOException {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write(answer);
		}); RunningLoad load = sse(server.uri())) {
			load.awaitRequests(1, LONG);
			assertThat(load.stop().failures().get(0)).satisfies((failure) -> {
				assertThat(failure.kind()).as(failure.detail()).isEqualTo(kind);
				assertThat(failure.requestsBeforeOnThisConnection()).isEqualTo(events);
			});
		}
	}

	private static void assertWebSocket(RawServer.Handler session, Kind kind, String detail) throws IOException {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write(SWITCHING);
			session.handle(connection);
		}); RunningLoad load = webSocket(server.uri())) {
			load.awaitRequests(1, LONG);
			assertThat(load.stop().failures().get(0)).satisfies((failure) -> {
				assertThat(failure.kind()).as(failure.detail()).isEqualTo(kind);
				assertThat(failure.detail()).contains(detail);
				assertThat(failure.client()).isEqualTo("websocket-1");
			});
		}
	}

	private static RunningLoad sse(URI target) {
		return Load.builder(target, LONG).sseClients(1, "/events", PAUSE).start();
	}

	private static RunningLoad webSocket(URI target) {
		return Load.builder(target, LONG).webSocketClients(1, "/socket", PAUSE).start();
	}

	private static String event(int number) {
		return chunk("id:" + number + "\ndata:a fortune\n\n");
	}

	private static String chunk(String text) {
		return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
	}

	private static byte[] close(int code) {
		return frame(8, ByteBuffer.allocate(2).putShort((short) code).array());
	}

	private static byte[] frame(int type, String text) {
		return frame(type, text.getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] frame(int type, byte[] payload) {
		ByteArrayOutputStream frame = new ByteArrayOutputStream();
		frame.write(0x80 | type);
		frame.write(payload.length);
		frame.writeBytes(payload);
		return frame.toByteArray();
	}

}

package io.podlifecycle.rehearsal.load;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.load.Failure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class Http2LoadTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration PAUSE = Duration.ofMillis(5);

	private static final int MOST = Integer.MAX_VALUE;

	private final List<Integer> streams = new CopyOnWriteArrayList<>();

	private final List<String> headers = new CopyOnWriteArrayList<>();

	@Test
	void keptAliveClientUsesOneConnectionAndSaysWhoItIs() throws IOException {
		try (RawServer server = new RawServer((connection) -> {
			for (int stream = accept(connection); stream > 0; stream = next(connection)) {
				connection.write(answer(stream, 0x88));
			}
		}); RunningLoad load = keptAlive(server)) {
			load.awaitRequests(10, LONG);
			LoadResult result = load.stop();
			assertThat(result.failures()).isEmpty();
			assertThat(result.connections()).isEqualTo(1);
			assertThat(this.streams).startsWith(1, 3, 5, 7);
			assertThat(this.headers)
				.allSatisfy((header) -> assertThat(header).contains("/path", "127.0.0.1:" + server.uri().getPort())
					.contains("pod-lifecycle-load"));
		}
	}

	@Test
	void freshClientOpensAConnectionForEachRequest() throws IOException {
		try (RawServer server = new RawServer((connection) -> {
			for (int stream = accept(connection); stream > 0; stream = next(connection)) {
				connection.write(answer(stream, 0x88));
			}
		}); RunningLoad load = Load.builder(server.uri(), LONG).http2().freshClients(1, PAUSE).start()) {
			load.awaitRequests(5, LONG);
			LoadResult result = load.stop();
			assertThat(result.failures()).isEmpty();
			assertThat(result.connections()).isEqualTo(result.requests());
			assertThat(this.streams).containsOnly(1);
		}
	}

	@Test
	void aClientThatIsSentGoAwayTakesItsAnswerAndLeaves() throws IOException {
		try (RawServer server = new RawServer((connection) -> {
			int stream = accept(connection);
			connection.write(answer(stream, 0x88));
			stream = next(connection);
			connection.write(goAway(MOST));
			connection.write(answer(stream, 0x88));
			assertThat(next(connection)).isNegative();
		}); RunningLoad load = keptAlive(server)) {
			load.awaitRequests(6, LONG);
			LoadResult result = load.stop();
			assertThat(result.failures()).isEmpty();
			assertThat(result.connections()).isEqualTo((result.requests() + 1) / 2);
		}
	}

	@Test
	void aRequestThatTheServerDoesNotProcessIsAFailureAndIsNotSentAgain() throws IOException {
		try (RawServer server = new RawServer((connection) -> {
			connection.write(answer(accept(connection), 0x88));
			next(connection);
			connection.write(goAway(1));
			next(connection);
		}); RunningLoad load = keptAlive(server)) {
			load.awaitRequests(4, LONG);
			LoadResult result = load.stop();
			assertThat(result.failed(Kind.NOT_PROCESSED)).isPositive()
				.isEqualTo(result.failed())
				.isEqualTo(result.requests() / 2);
			assertThat(this.streams).hasSize((int) result.requests());
			assertThat(result.failures().get(0).requestsBeforeOnThisConnection()).isEqualTo(1);
		}
	}

	@Test
	void whenTheServerClosesWithoutAnAnswerIsEof() throws IOException {
		try (RawServer server = new RawServer(this::accept); RunningLoad load = keptAlive(server)) {
			load.awaitRequests(2, LONG);
			LoadResult result = load.stop();
			assertThat(result.failed(Kind.EOF)).isEqualTo(result.requests());
		}
	}

	@ParameterizedTest
	@CsvSource({ "7, NOT_PROCESSED", "2, RESET" })
	void whenTheStreamIsReset(int code, Kind kind) throws IOException {
		try (RawServer server = new RawServer((connection) -> {
			int stream = accept(connection);
			connection.write(Frame.bytes(Frame.RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(code).array()));
			next(connection);
		}); RunningLoad load = keptAlive(server)) {
			load.awaitRequests(2, LONG);
			LoadResult result = load.stop();
			assertThat(result.failed(kind)).isEqualTo(result.requests());
		}
	}

	@ParameterizedTest
	@CsvSource({ "8d, 404", "0803353033, 503", "48826402, 302", "208e, 500" })
	void readsTheStatusHoweverItIsWritten(String block, int status) throws IOException {
		ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(block));
		assertThat(Hpack.status(bytes)).isEqualTo(status);
	}

	private static RunningLoad keptAlive(RawServer server) {
		return Load.builder(server.uri(), LONG).http2().keepAliveClients(1, PAUSE).start();
	}

	private int accept(RawServer.Connection connection) throws IOException {
		connection.bytes().readFully(new byte["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length()]);
		connection.write(Frame.bytes(Frame.SETTINGS, 0, 0, new byte[0]));
		return next(connection);
	}

	/** Returns the stream of the next request, or -1 if the client has closed. */
	private int next(RawServer.Connection connection) {
		try {
			DataInputStream in = connection.bytes();
			Frame frame = Stream.generate(() -> read(in))
				.filter((some) -> some.type() == Frame.HEADERS)
				.findFirst()
				.orElseThrow();
			this.streams.add(frame.stream());
			this.headers.add(StandardCharsets.ISO_8859_1.decode(frame.content()).toString());
			return frame.stream();
		}
		catch (IOException | UncheckedIOException ex) {
			return -1;
		}
	}

	private static Frame read(DataInputStream in) {
		try {
			return Frame.read(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] answer(int stream, int status) {
		byte[] head = Frame.bytes(Frame.HEADERS, Frame.END_HEADERS, stream, new byte[] { (byte) status });
		byte[] body = Frame.bytes(Frame.DATA, Frame.END_STREAM, stream, new byte[] { 'O', 'K' });
		return ByteBuffer.allocate(head.length + body.length).put(head).put(body).array();
	}

	private static byte[] goAway(int lastStream) {
		return Frame.bytes(Frame.GOAWAY, 0, 0, ByteBuffer.allocate(8).putInt(lastStream).putInt(0).array());
	}

}

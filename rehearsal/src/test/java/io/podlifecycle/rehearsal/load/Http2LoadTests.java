package io.podlifecycle.rehearsal.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.podlifecycle.rehearsal.load.Failure.Kind;
import org.apache.hc.core5.http2.H2Error;
import org.apache.hc.core5.http2.frame.DefaultFrameFactory;
import org.apache.hc.core5.http2.frame.FrameType;
import org.apache.hc.core5.http2.frame.RawFrame;
import org.apache.hc.core5.http2.hpack.HPackDecoder;
import org.apache.hc.core5.http2.hpack.HPackException;
import org.apache.hc.core5.http2.impl.io.FrameInputBuffer;
import org.apache.hc.core5.http2.impl.io.FrameOutputBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class Http2LoadTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration PAUSE = Duration.ofMillis(5);

	private static final int MOST = Integer.MAX_VALUE;

	private static final int MAX_FRAME = 1 << 14;

	/** The status 200, as HPACK writes it. */
	private static final String OK = "88";

	private final List<Integer> streams = new CopyOnWriteArrayList<>();

	private final List<String> headers = new CopyOnWriteArrayList<>();

	@Test
	void keptAliveClientUsesOneConnectionAndSaysWhoItIs() throws IOException {
		try (RawServer server = server((connection) -> {
			for (int stream = connection.next(); stream > 0; stream = connection.next()) {
				connection.answer(stream, OK);
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
		try (RawServer server = server((connection) -> {
			for (int stream = connection.next(); stream > 0; stream = connection.next()) {
				connection.answer(stream, OK);
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
		try (RawServer server = server((connection) -> {
			int stream = connection.next();
			connection.answer(stream, OK);
			stream = connection.next();
			connection.goAway(MOST);
			connection.answer(stream, OK);
			assertThat(connection.next()).isNegative();
		}); RunningLoad load = keptAlive(server)) {
			load.awaitRequests(6, LONG);
			LoadResult result = load.stop();
			assertThat(result.failures()).isEmpty();
			assertThat(result.connections()).isEqualTo((result.requests() + 1) / 2);
		}
	}

	@Test
	void aRequestThatTheServerDoesNotProcessIsAFailureAndIsNotSentAgain() throws IOException {
		try (RawServer server = server((connection) -> {
			connection.answer(connection.next(), OK);
			connection.next();
			connection.goAway(1);
			connection.next();
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
		try (RawServer server = server(Http2Peer::next); RunningLoad load = keptAlive(server)) {
			load.awaitRequests(2, LONG);
			LoadResult result = load.stop();
			assertThat(result.failed(Kind.EOF)).isEqualTo(result.requests());
		}
	}

	@ParameterizedTest
	@CsvSource({ "7, NOT_PROCESSED", "2, RESET" })
	void whenTheStreamIsReset(int code, Kind kind) throws IOException {
		try (RawServer server = server((connection) -> {
			int stream = connection.next();
			connection.write(DefaultFrameFactory.INSTANCE.createResetStream(stream, code));
			connection.next();
		}); RunningLoad load = keptAlive(server)) {
			load.awaitRequests(2, LONG);
			LoadResult result = load.stop();
			assertThat(result.failed(kind)).isEqualTo(result.requests());
		}
	}

	@ParameterizedTest
	@CsvSource({ "8d, 404", "0803353033, 503", "48826402, 302", "208e, 500" })
	void readsTheStatusHoweverItIsWritten(String block, String status) throws IOException {
		try (RawServer server = server((connection) -> {
			connection.answer(connection.next(), block);
			connection.next();
		}); RunningLoad load = keptAlive(server)) {
			load.awaitRequests(1, LONG);
			Failure failure = load.stop().failures().get(0);
			assertThat(failure.kind()).isEqualTo(Kind.STATUS);
			assertThat(failure.detail()).isEqualTo(status);
		}
	}

	private static RunningLoad keptAlive(RawServer server) {
		return Load.builder(server.uri(), LONG).http2().keepAliveClients(1, PAUSE).start();
	}

	private RawServer server(Session session) throws IOException {
		return new RawServer((connection) -> {
			connection.bytes().readFully(new byte["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length()]);
			Http2Peer peer = new Http2Peer(connection);
			peer.write(DefaultFrameFactory.INSTANCE.createSettings());
			session.play(peer);
		});
	}

	private interface Session {

		void play(Http2Peer connection) throws IOException;

	}

	private final class Http2Peer {

		private final RawServer.Connection connection;

		private final FrameInputBuffer input = new FrameInputBuffer(MAX_FRAME);

		private final FrameOutputBuffer output = new FrameOutputBuffer(MAX_FRAME);

		private final HPackDecoder headers = new HPackDecoder(4_096, StandardCharsets.US_ASCII);

		private Http2Peer(RawServer.Connection connection) {
			this.connection = connection;
		}

		/** Returns the stream of the next request, or -1 if the client has closed. */
		private int next() {
			try {
				RawFrame frame = this.input.read(this.connection.bytes());
				while (!frame.isType(FrameType.HEADERS)) {
					frame = this.input.read(this.connection.bytes());
				}
				Http2LoadTests.this.streams.add(frame.getStreamId());
				Http2LoadTests.this.headers.add(this.headers.decodeHeaders(frame.getPayloadContent()).toString());
				return frame.getStreamId();
			}
			catch (IOException ex) {
				return -1;
			}
			catch (HPackException ex) {
				throw new AssertionError(ex);
			}
		}

		private void answer(int stream, String block) throws IOException {
			ByteBuffer head = ByteBuffer.wrap(HexFormat.of().parseHex(block));
			write(DefaultFrameFactory.INSTANCE.createHeaders(stream, head, true, false));
			write(DefaultFrameFactory.INSTANCE.createData(stream, ByteBuffer.wrap(new byte[] { 'O', 'K' }), true));
		}

		private void goAway(int lastStream) throws IOException {
			write(DefaultFrameFactory.INSTANCE.createGoAway(lastStream, H2Error.NO_ERROR, ""));
		}

		private void write(RawFrame frame) throws IOException {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			this.output.write(frame, bytes);
			this.connection.write(bytes.toByteArray());
		}

	}

}

package io.podlifecycle.rehearsal.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.load.Failure.Kind;
import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Takes longer than other unit tests: an HTTP client checks a connection before its use
 * only after a pause of two seconds, and this one must not; and limits have to pass.
 */
class LoadTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration PAUSE = Duration.ofMillis(5);

	@Test
	void keptAliveClientUsesOneConnectionAndSaysWhoItIs() throws IOException {
		try (RawServer server = RawServer.answering(RawServer.OK); RunningLoad load = keptAlive(server.uri())) {
			load.awaitRequests(10, LONG);
			LoadResult result = load.stop();
			assertThat(result.failed()).isZero();
			assertThat(result.connections()).isEqualTo(1);
			assertThat(server.connections).hasValue(1);
			assertThat(server.requests).hasSize((int) result.requests())
				.allSatisfy((request) -> assertThat(request).startsWith("GET /path HTTP/1.1\n")
					.contains("User-Agent: pod-lifecycle-load\n")
					.doesNotContain("Connection: close")
					.doesNotContainIgnoringCase("upgrade"));
		}
	}

	@Test
	void freshClientOpensAConnectionForEachRequestEvenIfTheServerWouldKeepIt() throws IOException {
		try (RawServer server = RawServer.answering(RawServer.OK); RunningLoad load = fresh(server.uri())) {
			load.awaitRequests(10, LONG);
			LoadResult result = load.stop();
			assertThat(result.failed()).isZero();
			assertThat(result.connections()).isEqualTo(result.requests());
			assertThat(server.connections).hasValue((int) result.requests());
			assertThat(server.requests).allSatisfy((request) -> assertThat(request).contains("Connection: close\n"));
		}
	}

	@Test
	void keptAliveClientLeavesWhenTheServerSaysConnectionClose() throws IOException {
		try (RawServer server = new RawServer((connection) -> {
			for (int i = 1; connection.readRequest(); i++) {
				connection.write((i == 3) ? RawServer.OK_AND_CLOSE : RawServer.OK);
			}
		}); RunningLoad load = keptAlive(server.uri())) {
			load.awaitRequests(9, LONG);
			LoadResult result = load.stop();
			assertThat(result.failed()).isZero();
			assertThat(server.connections.get()).isEqualTo((int) result.connections())
				.isEqualTo((int) Math.ceil(result.requests() / 3.0));
		}
	}

	@Test
	void whenTheServerClosesAnIdleConnectionTheNextRequestIsAnEofAndIsNotRetried() throws IOException {
		CountDownLatch closed = new CountDownLatch(1);
		try (RawServer server = new RawServer((connection) -> {
			if (connection.number == 1) {
				connection.readRequest();
				connection.write(RawServer.OK);
				connection.readRequest();
				connection.write(RawServer.OK);
				connection.readRequest();
				closed.countDown();
				return;
			}
			while (connection.readRequest()) {
				connection.write(RawServer.OK);
			}
		}); RunningLoad load = keptAlive(server.uri())) {
			load.awaitRequests(6, LONG);
			LoadResult result = load.stop();
			assertThat(result.failures()).singleElement().satisfies((failure) -> {
				assertThat(failure.kind()).isEqualTo(Kind.EOF);
				assertThat(failure.client()).isEqualTo("kept-alive-1");
				assertThat(failure.requestsBeforeOnThisConnection()).isEqualTo(2);
				assertThat(failure.at()).isPositive().isLessThan(result.duration());
			});
			assertThat(server.requests).hasSize((int) result.requests());
			assertThat(closed.getCount()).isZero();
		}
	}

	@Test
	void doesNotCheckAConnectionBeforeUseEvenAfterALongPause() throws IOException {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write(RawServer.OK);
			// Closes without having said so: the second request must run into it.
		});
				// The HTTP client's own check would begin after 2 s.
				RunningLoad load = Load.builder(server.uri(), LONG)
					.keepAliveClients(1, Duration.ofMillis(2_100))
					.start()) {
			load.awaitRequests(2, LONG);
			LoadResult result = load.stop();
			assertThat(result.failures()).singleElement()
				.satisfies((failure) -> assertThat(failure.kind()).isIn(Kind.EOF, Kind.RESET))
				.satisfies((failure) -> assertThat(failure.requestsBeforeOnThisConnection()).isEqualTo(1));
		}
	}

	@Test
	void whenNobodyListensIsRefused() {
		assertSingleKind(URI.create("http://127.0.0.1:" + FreePort.next() + "/"), Kind.REFUSED, "refused");
	}

	@Test
	void whenTheServerResetsIsReset() throws IOException {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.reset();
		})) {
			assertSingleKind(server.uri(), Kind.RESET, "Connection reset");
		}
	}

	@Test
	void whenTheServerResetsAmidTheAnswerIsReset() throws IOException {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
			connection.reset();
		})) {
			assertSingleKind(server.uri(), Kind.RESET, "Connection reset");
		}
	}

	@Test
	void whenTheServerClosesWithoutAnAnswerIsEof() throws IOException {
		try (RawServer server = new RawServer(RawServer.Connection::readRequest)) {
			assertSingleKind(server.uri(), Kind.EOF, "NoHttpResponseException");
		}
	}

	@Test
	void whenTheServerClosesAmidTheAnswerIsEof() throws IOException {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
		})) {
			assertSingleKind(server.uri(), Kind.EOF, "ConnectionClosedException");
		}
	}

	@Test
	void whenTheServerClosesAmidAChunkIsEof() throws IOException {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nhalf");
		})) {
			assertSingleKind(server.uri(), Kind.EOF, "hunk");
		}
	}

	@Test
	void whenTheServerDoesNotAnswerIsATimeout() throws IOException {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			// Waits until the client has disconnected.
			connection.readRequest();
		})) {
			assertSingleKind(server.uri(), Kind.TIMEOUT, "");
		}
	}

	@Test
	void whenTheAnswerDripsPastTheLimitIsATimeout() throws IOException {
		CountDownLatch never = new CountDownLatch(1);
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
			while (!awaits(never, Duration.ofMillis(20))) {
				connection.write("1\r\n.\r\n");
			}
		})) {
			assertSingleKind(server.uri(), Kind.TIMEOUT, "");
		}
	}

	@Test
	void whenTheStatusIsNot2xxItIsTheDetail() throws IOException {
		try (RawServer server = RawServer.answering("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n")) {
			assertSingleKind(server.uri(), Kind.STATUS, "503");
		}
	}

	@Test
	void aRedirectIsAFailureAndIsNotFollowed() throws IOException {
		try (RawServer server = RawServer
			.answering("HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n")) {
			assertSingleKind(server.uri(), Kind.STATUS, "302");
			assertThat(server.requests).allMatch((request) -> request.startsWith("GET /path "));
		}
	}

	@Test
	void whenTheHostIsUnknownIsOther() {
		assertSingleKind(URI.create("http://no-such-host.invalid/"), Kind.OTHER, "UnknownHost");
	}

	@Test
	void stopLetsTheRequestInFlightComplete() throws Exception {
		CountDownLatch requested = new CountDownLatch(1);
		CountDownLatch mayAnswer = new CountDownLatch(1);
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			requested.countDown();
			awaits(mayAnswer, LONG);
			connection.write(RawServer.OK);
			connection.readRequest();
		}); RunningLoad load = keptAlive(server.uri(), Duration.ofSeconds(60))) {
			assertThat(awaits(requested, LONG)).isTrue();
			Thread stopper = new Thread(load::stop);
			stopper.start();
			assertThat(load.requests()).isZero();
			mayAnswer.countDown();
			LoadResult result = load.stop();
			stopper.join();
			assertThat(result.requests()).isEqualTo(1);
			assertThat(result.failed()).isZero();
		}
	}

	@Test
	void endsByItselfAfterTheMaximumDuration() throws Exception {
		try (RawServer server = RawServer.answering(RawServer.OK)) {
			Instant before = Instant.now();
			RunningLoad load = Load.builder(server.uri(), Duration.ofSeconds(1)).keepAliveClients(2, PAUSE).start();
			assertThat(load.awaitEnd(LONG)).isTrue();
			LoadResult result = load.stop();
			assertThat(result.duration()).isBetween(Duration.ofSeconds(1), LONG);
			assertThat(result.startedAt()).isBetween(before, Instant.now());
			assertThat(result.requests()).isPositive();
			assertThat(load.stop()).isEqualTo(result);
		}
	}

	@Test
	void awaitingMoreRequestsThanThereWillBeFails() throws IOException {
		try (RawServer server = RawServer.answering(RawServer.OK);
				RunningLoad load = Load.builder(server.uri(), Duration.ofMillis(100))
					.keepAliveClients(1, PAUSE)
					.start()) {
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> load.awaitRequests(1_000_000, Duration.ofMinutes(5)))
				.withMessageContaining("had ended");
		}
	}

	@Test
	void clientsAreNumberedWithinTheirSort() throws IOException {
		try (RawServer server = RawServer.answering("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
				RunningLoad load = Load.builder(server.uri(), LONG)
					.keepAliveClients(2, PAUSE)
					.freshClients(1, PAUSE)
					.keepAliveClients(1, PAUSE)
					.start()) {
			load.awaitRequests(40, LONG);
			LoadResult result = load.stop();
			assertThat(result.failures()).extracting(Failure::client)
				.containsOnly("kept-alive-1", "kept-alive-2", "kept-alive-3", "fresh-1");
			assertThat(load.failed()).isEqualTo(result.requests()).isEqualTo(result.failed(Kind.STATUS));
		}
	}

	@Test
	void tellsTheSortsOfClientsApart() throws IOException {
		try (RawServer server = new RawServer((connection) -> {
			while (connection.readRequest()) {
				connection.write(connection.lastRequest.contains("Connection: close\n")
						? "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n" : RawServer.OK);
			}
		});
				RunningLoad load = Load.builder(server.uri(), LONG)
					.keepAliveClients(1, PAUSE)
					.freshClients(2, PAUSE)
					.start()) {
			load.awaitRequests(20, LONG);
			LoadResult result = load.stop();
			assertThat(result.clients()).extracting(ClientsResult::sort).containsExactly("kept-alive", "fresh");
			assertThat(result.clients().get(0).failed()).isZero();
			assertThat(result.clients().get(1).failed()).isEqualTo(result.failed())
				.isEqualTo(result.clients().get(1).requests());
			assertThat(result.clients().stream().mapToLong(ClientsResult::requests).sum()).isEqualTo(result.requests());
		}
	}

	@Test
	void atARateTheWaitForAFreeClientCountsAsLatency() throws IOException {
		CountDownLatch never = new CountDownLatch(1);
		try (RawServer server = new RawServer((connection) -> {
			while (connection.readRequest()) {
				awaits(never, Duration.ofMillis(100));
				connection.write(RawServer.OK);
			}
		}); RunningLoad load = Load.builder(server.uri(), LONG).keepAliveClients(1, Duration.ZERO).rate(100).start()) {
			load.awaitRequests(10, LONG);
			assertThat(load.stop().max()).isGreaterThan(Duration.ofMillis(500));
		}
	}

	@Test
	void theRateIsThatOfAllClientsTogetherAndNotMore() throws IOException {
		try (RawServer server = RawServer.answering(RawServer.OK);
				RunningLoad load = Load.builder(server.uri(), LONG)
					.keepAliveClients(3, Duration.ZERO)
					.freshClients(3, Duration.ZERO)
					.rate(50)
					.start()) {
			load.awaitRequests(20, LONG);
			LoadResult result = load.stop();
			assertThat(result.failed()).isZero();
			assertThat(result.requests()).isLessThanOrEqualTo(result.duration().toMillis() / 20 + 1);
		}
	}

	@Test
	void refusesWhatMakesNoSense() {
		URI target = URI.create("http://localhost/");
		assertThatIllegalArgumentException().isThrownBy(() -> Load.builder(URI.create("ftp://localhost/"), LONG));
		assertThatIllegalArgumentException().isThrownBy(() -> Load.builder(URI.create("localhost"), LONG));
		assertThatIllegalArgumentException().isThrownBy(() -> Load.builder(target, Duration.ZERO));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Load.builder(target, LONG).freshClients(1, Duration.ofMillis(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> Load.builder(target, LONG).timeout(Duration.ofNanos(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> Load.builder(target, LONG).rate(0));
		assertThatIllegalStateException().isThrownBy(() -> Load.builder(target, LONG).start());
	}

	private static void assertSingleKind(URI target, Kind kind, String detail) {
		try (RunningLoad load = Load.builder(target, LONG)
			.keepAliveClients(1, PAUSE)
			.freshClients(1, PAUSE)
			.timeout((kind == Kind.TIMEOUT) ? Duration.ofMillis(500) : LONG)
			.start()) {
			load.awaitRequests(4, LONG);
			LoadResult result = load.stop();
			assertThat(result.failures()).hasSize((int) result.requests())
				.allSatisfy((failure) -> assertThat(failure.kind()).as(failure.detail()).isEqualTo(kind))
				.allSatisfy((failure) -> assertThat(failure.detail()).contains(detail));
			assertThat(result.failed(kind)).isEqualTo(result.requests());
		}
	}

	private static RunningLoad keptAlive(URI target) {
		return keptAlive(target, LONG);
	}

	private static RunningLoad keptAlive(URI target, Duration max) {
		return Load.builder(target, max).keepAliveClients(1, PAUSE).start();
	}

	private static RunningLoad fresh(URI target) {
		return Load.builder(target, LONG).freshClients(1, PAUSE).start();
	}

	private static boolean awaits(CountDownLatch latch, Duration timeout) {
		try {
			return latch.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

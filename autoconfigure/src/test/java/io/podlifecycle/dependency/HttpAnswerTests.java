package io.podlifecycle.dependency;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers byte by byte, also such as a well-behaved server does not give.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HttpAnswerTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "5/hello/0// | hello", "5;x=y/hello/00// | hello", "A/0123456789/0// | 0123456789" })
	void chunksHaveASize(String chunks, String body) throws Exception {
		assertThat(check("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n" + chunks.replace("/", "\r\n"),
				"^" + body + "$"))
			.isEqualTo(ProbeResult.answered());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "-1", "12345678" })
	void aChunkWithoutASizeIsNotYet(String size) throws Exception {
		assertThat(check("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + size + "\r\nhello\r\n", "hello"))
			.isEqualTo(ProbeResult.notYet("ProtocolException: the answer has a chunk without a size"));
	}

	@Test
	void aBodyIsAsLongAsTheAnswerSaysOrElseUntilItsEnd() throws Exception {
		assertThat(check("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello world", "^hello$"))
			.isEqualTo(ProbeResult.answered());
		assertThat(check("HTTP/1.0 200\r\nContent-Length: much\r\nno header\r\n\r\nhello world", "^hello world$"))
			.isEqualTo(ProbeResult.answered());
		assertThat(check("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nhello", "^$"))
			.isEqualTo(ProbeResult.answered());
	}

	/** A server that answers once, with exactly this, and ends. */
	private static ProbeResult check(String answer, String body) throws Exception {
		try (ServerSocket raw = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			raw.setSoTimeout(30_000);
			CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
				try (Socket socket = raw.accept()) {
					socket.setSoTimeout(30_000);
					BufferedReader request = new BufferedReader(
							new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
					while (!request.readLine().isEmpty()) {
						// Up to the end of the head.
					}
					socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
					socket.shutdownOutput();
					socket.getInputStream().read();
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
			ProbeRequest request = ProbeRequest.of(Target.of("http://127.0.0.1:" + raw.getLocalPort() + "/"))
				.withOptions(Map.of("body", body));
			ProbeResult result = new Probes(Probes.builtIn()).create(request).check(LIMIT);
			served.handle((nothing, failure) -> "over").get(30, TimeUnit.SECONDS);
			return result;
		}
	}

}

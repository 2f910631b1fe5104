package io.podlifecycle.dependency;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.podlifecycle.dependency.ProbeResult.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Probes against real sockets that behave in all ways.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ProbesTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final ServerSocket server = listen();

	private static ServerSocket listen() {
		try {
			return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@BeforeEach
	void limitAccept() throws IOException {
		this.server.setSoTimeout(30_000);
	}

	@AfterEach
	void close() throws IOException {
		this.server.close();
	}

	@Test
	void tcpAnswersWhenSomethingAccepts() throws Exception {
		assertThat(probe("tcp", "").check(LIMIT).status()).isEqualTo(Status.ANSWERED);
	}

	@Test
	void nothingListening() throws Exception {
		Probe tcp = probe("tcp", "");
		Probe http = probe("http", "/");
		this.server.close();
		assertThat(tcp.check(LIMIT).status()).isEqualTo(Status.ABSENT);
		assertThat(http.check(LIMIT).detail()).startsWith("ConnectException: ");
		assertThat(ProbeResult.of(new ConnectException("refused")).status()).isEqualTo(Status.ABSENT);
	}

	@Test
	void anUnknownNameIsAnAbsence() throws Exception {
		// Too long for a label, so the resolver refuses it without asking anybody.
		String name = "x".repeat(64) + ".invalid";
		for (String uri : new String[] { "tcp://" + name + ":80", "http://" + name + "/", "dns:" + name }) {
			ProbeResult result = probe(uri).check(LIMIT);
			assertThat(result.status()).isEqualTo(Status.ABSENT);
			assertThat(result.detail()).startsWith("UnknownHostException: " + name);
		}
		assertThat(ProbeResult.of(new UnknownHostException("x")).status()).isEqualTo(Status.ABSENT);
	}

	@Test
	void httpAnswersWithAGoodStatus() throws Exception {
		assertThat(statusOf("HTTP/1.1 204 No Content\r\nX: y\r\n\r\n")).isEqualTo(ProbeResult.answered());
	}

	@Test
	void httpDoesNotFollowARedirect() throws Exception {
		assertThat(statusOf("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"))
			.isEqualTo(ProbeResult.answered());
	}

	@Test
	void httpWithABadStatusIsNotYet() throws Exception {
		assertThat(statusOf("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"))
			.isEqualTo(ProbeResult.notYet("status 503"));
	}

	@Test
	void anAnswerThatIsNotHttpIsNotYet() throws Exception {
		assertThat(statusOf("220 smtp ready\r\n\r\n").status()).isEqualTo(Status.NOT_YET);
	}

	@Test
	void aPeerThatAcceptsAndNeverSpeaksIsLeftAfterTheTimeLimit() throws Exception {
		Probe probe = probe("http", "/");
		assertThat(probe.check(Duration.ofMillis(300)).status()).isEqualTo(Status.TIMED_OUT);
		assertThat(ProbeResult.of(new SocketTimeoutException()).status()).isEqualTo(Status.TIMED_OUT);
	}

	@Test
	void aPeerThatDripsIsLeftAfterTheTimeLimit() throws Exception {
		CompletableFuture<Boolean> leftInTime = CompletableFuture.supplyAsync(() -> {
			try (Socket socket = this.server.accept()) {
				for (int i = 0; i < 300; i++) {
					socket.getOutputStream().write('x');
					socket.setSoTimeout(100);
					readUntilTimeout(socket);
				}
				return false;
			}
			catch (IOException ex) {
				return true;
			}
		});
		assertThat(probe("http", "/").check(Duration.ofMillis(500)).status()).isEqualTo(Status.TIMED_OUT);
		assertThat(leftInTime.get(60, TimeUnit.SECONDS)).isTrue();
	}

	private static void readUntilTimeout(Socket socket) throws IOException {
		try {
			while (socket.getInputStream().read() >= 0) {
				// The request.
			}
			throw new IOException("closed by the client");
		}
		catch (SocketTimeoutException ex) {
			// The client still waits.
		}
	}

	@Test
	void httpSendsUserInfoAsAuthenticationAndClosesItsConnection() throws Exception {
		Probe probe = probe("http://user:p%40ss@127.0.0.1:" + this.server.getLocalPort() + "/a%20b?key=v%26w");
		CompletableFuture<String> request = answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
		assertThat(probe.check(LIMIT)).isEqualTo(ProbeResult.answered());
		assertThat(request.get(30, TimeUnit.SECONDS)).startsWith("GET /a%20b?key=v%26w HTTP/1.1\r\n")
			.contains("Authorization: Basic dXNlcjpwQHNz\r\n", "Connection: close\r\n")
			.endsWith("closed by the client");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "ftp://host/ | its scheme 'ftp' is unknown; known are dns, file, http, https, tcp",
					"tcp://host | it has no port", "tcp://:80 | it has no valid host",
					"tcp://host:70000 | it has no valid port", "http:///x | it has no valid host",
					"http://user:secret@[x | it is not a URI: expected closing bracket for ipv6 address at index 21",
					"dns: | it has no name", "dns:a/b | it is not 'dns:' and a name",
					"file:x | it has no absolute path", "file://host/x | it is not 'file:' and a path" })
	void refusesWhatItCannotProbe(String target, String problem) {
		assertThatIllegalArgumentException().isThrownBy(() -> probe(target)).withMessage(problem);
	}

	@Test
	void aFileIsThereOrNot(@TempDir Path folder) throws Exception {
		Path file = folder.resolve("a file");
		Probe probe = probe(file.toUri().toString());
		assertThat(probe.check(LIMIT)).isEqualTo(ProbeResult.absent("no such file"));
		Files.createFile(file);
		assertThat(probe.check(LIMIT)).isEqualTo(ProbeResult.answered());
	}

	@Test
	void aNameResolves() throws Exception {
		assertThat(probe("dns:localhost").check(LIMIT)).isEqualTo(ProbeResult.answered());
	}

	private ProbeResult statusOf(String answer) throws Exception {
		CompletableFuture<String> request = answer(answer);
		ProbeResult result = probe("http", "/").check(LIMIT);
		assertThat(request.get(30, TimeUnit.SECONDS)).endsWith("closed by the client");
		return result;
	}

	private Probe probe(String scheme, String path) {
		return probe(scheme + "://127.0.0.1:" + this.server.getLocalPort() + path);
	}

	private static Probe probe(String target) {
		return new Probes(Probes.builtIn()).create(ProbeRequest.of(Target.of(target)));
	}

	/** Read a request, answer it, and read on until the client closes. */
	private CompletableFuture<String> answer(String answer) {
		return CompletableFuture.supplyAsync(() -> {
			try (Socket socket = this.server.accept()) {
				socket.setSoTimeout(30_000);
				StringBuilder request = new StringBuilder();
				while (request.indexOf("\r\n\r\n") < 0) {
					request.append((char) socket.getInputStream().read());
				}
				socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
				socket.getOutputStream().flush();
				socket.shutdownOutput();
				return (socket.getInputStream().read() < 0) ? request + "closed by the client" : request + "more";
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	@Test
	void theFirstFactoryOfASchemeWins() throws Exception {
		ProbeFactory own = new ProbeFactory() {

			@Override
			public Set<String> schemes() {
				return Set.of("tcp");
			}

			@Override
			public Probe create(ProbeRequest request) {
				return (timeLimit) -> ProbeResult.notYet("own");
			}

		};
		Probes probes = new Probes(Stream.concat(Stream.of(own), Probes.builtIn().stream()).toList());
		assertThat(probes.create(ProbeRequest.of(Target.of("tcp://host:80"))).check(LIMIT))
			.isEqualTo(ProbeResult.notYet("own"));
	}

	@Test
	void aMissingLibraryIsNamed() {
		assertThat(new MissingLibraryException("redis", "io.lettuce:lettuce-core"))
			.hasMessage("scheme 'redis' needs io.lettuce:lettuce-core on the class path")
			.returns("io.lettuce:lettuce-core", MissingLibraryException::library);
	}

	@Test
	void refusesALogInWhereThereIsNone() {
		for (String target : new String[] { "tcp://host:80", "dns:host", "file:/x" }) {
			ProbeRequest request = ProbeRequest.of(Target.of(target)).withCredentials(new Credentials("user", null));
			assertThatIllegalArgumentException().isThrownBy(() -> new Probes(Probes.builtIn()).create(request))
				.withMessageEndingWith("has no username and no password");
		}
	}

	@Test
	void anInformationalAnswerIsNotTheAnswer() throws Exception {
		assertThat(statusOf("""
				HTTP/1.1 100 Continue

				HTTP/1.1 103 Early Hints
				Link: x

				HTTP/1.1 503 Service Unavailable

				""".replace("\n", "\r\n"))).isEqualTo(ProbeResult.notYet("status 503"));
	}

	@Test
	void anAnswerThatEndsTooSoonIsNotYet() throws Exception {
		assertThat(statusOf("HTTP/1.1 200 OK\r\nX: y").detail())
			.isEqualTo("EOFException: The peer closed the connection without an answer");
	}

	@Test
	void anAnswerThatDoesNotEndIsLeft() throws Exception {
		assertThat(statusOfLongAnswer("HTTP/1.1 200 OK\r\nX: " + "y".repeat(9000)).detail())
			.isEqualTo("IOException: The answer has a line that is too long");
		StringBuilder headers = new StringBuilder("HTTP/1.1 200 OK\r\n");
		for (int i = 0; i < 1100; i++) {
			headers.append("X-").append(i).append(": y\r\n");
		}
		assertThat(statusOfLongAnswer(headers.toString()).detail())
			.isEqualTo("ProtocolException: the answer has too many headers");
	}

	private ProbeResult statusOfLongAnswer(String answer) throws Exception {
		Probe probe = probe("http", "/");
		CompletableFuture<String> request = answer(answer);
		ProbeResult result = probe.check(LIMIT);
		request.handle((text, failure) -> "closed by the client").get(30, TimeUnit.SECONDS);
		return result;
	}

	@Test
	void anHttpProbeOfAPlainServerTakesNoBundle() throws Exception {
		TlsSettings tls = new TlsSettings(SSLContext.getDefault(),
				KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm()),
				TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm()), List.of(), List.of());
		ProbeRequest request = ProbeRequest.of(Target.of("http://host/")).withTls(tls);
		assertThatIllegalArgumentException().isThrownBy(() -> new Probes(Probes.builtIn()).create(request))
			.withMessage("scheme 'http' has no ssl-bundle");
	}

}

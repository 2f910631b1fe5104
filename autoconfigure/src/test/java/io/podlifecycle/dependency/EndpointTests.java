package io.podlifecycle.dependency;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EndpointTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "one:1,two:65535 | 0 | one:1 two:65535", "one | 9092 | one:9092",
			"one,two:2 | 9092 | one:9092 two:2", "[::1]:80 | 0 | [::1]:80", "[fe80::1%1] | 80 | [fe80::1%1]:80" })
	void aListIsRead(String text, int defaultPort, String expected) {
		assertThat(Endpoint.listOf(text, defaultPort)).extracting(Endpoint::toString)
			.containsExactly(expected.split(" "));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "one:1,two | it has no port", "'' | it has no valid host", "one:1, | it has no valid host",
					"a b:1 | it has no valid host", "one:0 | it has no valid port",
					"one:65536 | it has no valid port" })
	void refusesWhatIsNoList(String text, String problem) {
		assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.listOf(text, 0)).withMessage(problem);
	}

	@Test
	void aUriHasAPortOrADefault() {
		assertThat(Endpoint.of(URI.create("x://[::1]:80/"), 7)).isEqualTo(new Endpoint("::1", 80));
		assertThat(Endpoint.of(URI.create("x://host/"), 7)).isEqualTo(new Endpoint("host", 7));
		assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.of(URI.create("x://host/"), 0))
			.withMessage("it has no port");
	}

	/**
	 * Client libraries connect to what {@link URI#getHost()} does not take for a host.
	 */
	@ParameterizedTest
	@CsvSource({ "my_stack_cache", "app.1", "cache-", "127.1", "höst", "a_b.example" })
	void aUriMayHaveAHostThatIsNoneByItsStandard(String host) {
		Endpoint expected = new Endpoint(host, 80);
		assertThat(URI.create("x://" + host + ":80/").getHost()).isNull();
		assertThat(Endpoint.of(Target.of("x://" + host + ":80/a?b=c").serverUri(), 0)).isEqualTo(expected);
		assertThat(Endpoint.of(Target.of("x://" + host).serverUri(), 80)).isEqualTo(expected);
		assertThat(Endpoint.of(Target.of("x://user:p%40ss@" + host + "/").serverUri(), 80)).isEqualTo(expected);
	}

	@Test
	void anAttemptIsAConnectionThatIsClosedAtOnce() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			Endpoint there = new Endpoint("127.0.0.1", server.getLocalPort());
			server.setSoTimeout(30_000);
			there.tryConnect(LIMIT);
			assertClosedByTheClient(server);
			Endpoint.tryConnectToAny(List.of(new Endpoint("127.0.0.2", server.getLocalPort()), there), LIMIT);
			assertClosedByTheClient(server);
		}
	}

	@Test
	void whereNobodyListensAnAttemptFails() throws IOException {
		Endpoint absent;
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			absent = new Endpoint("127.0.0.1", server.getLocalPort());
		}
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> absent.tryConnect(LIMIT));
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> Endpoint.tryConnectToAny(List.of(absent), LIMIT));
	}

	private static void assertClosedByTheClient(ServerSocket server) throws IOException {
		try (Socket socket = server.accept()) {
			socket.setSoTimeout(30_000);
			assertThat(socket.getInputStream().read()).isNegative();
		}
	}

}

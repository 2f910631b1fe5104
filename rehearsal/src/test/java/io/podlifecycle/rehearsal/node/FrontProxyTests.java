package io.podlifecycle.rehearsal.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import com.sun.net.httpserver.HttpServer;
import io.podlifecycle.rehearsal.load.Load;
import io.podlifecycle.rehearsal.load.LoadResult;
import io.podlifecycle.rehearsal.load.RunningLoad;
import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Takes longer than other unit tests: it carries hundreds of connections, and a lag has
 * to pass.
 */
class FrontProxyTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	@Test
	void copiesBothWays() throws Exception {
		try (FrontProxy proxy = FrontProxy.start(0); Pod pod = new Pod()) {
			proxy.endpoints(List.of(pod.address()));
			try (Socket client = connect(proxy); Socket server = pod.takeConnection()) {
				send(client, "question");
				assertThat(receive(server, 8)).isEqualTo("question");
				send(server, "answer");
				assertThat(receive(client, 6)).isEqualTo("answer");
			}
		}
	}

	@Test
	void copiesALotUntouched() throws Exception {
		byte[] data = new byte[5_000_000];
		new Random(1).nextBytes(data);
		try (FrontProxy proxy = FrontProxy.start(0); Pod pod = new Pod()) {
			proxy.endpoints(List.of(pod.address()));
			try (Socket client = connect(proxy); Socket server = pod.takeConnection()) {
				Thread sender = new Thread(() -> {
					try {
						server.getOutputStream().write(data);
						server.shutdownOutput();
					}
					catch (IOException ex) {
						throw new UncheckedIOException(ex);
					}
				});
				sender.start();
				assertThat(Arrays.equals(client.getInputStream().readAllBytes(), data)).isTrue();
				sender.join();
			}
		}
	}

	@Test
	void goesRoundTheEndpoints() throws Exception {
		try (FrontProxy proxy = FrontProxy.start(0); Pod one = new Pod(); Pod two = new Pod()) {
			proxy.endpoints(List.of(one.address(), two.address()));
			for (int i = 0; i < 5; i++) {
				try (Socket first = connect(proxy); Socket second = connect(proxy)) {
					assertThat(List.of(first, second)).allMatch(Socket::isConnected);
					one.takeConnection().close();
					two.takeConnection().close();
				}
			}
			assertThat(proxy.accepted()).isEqualTo(10);
		}
	}

	@Test
	void passesAHalfCloseOnAndKeepsTheOtherDirection() throws Exception {
		try (FrontProxy proxy = FrontProxy.start(0); Pod pod = new Pod()) {
			proxy.endpoints(List.of(pod.address()));
			try (Socket client = connect(proxy); Socket server = pod.takeConnection()) {
				send(client, "all");
				client.shutdownOutput();
				assertThat(new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("all");
				assertThat(proxy.open()).isEqualTo(1);
				send(server, "late");
				server.shutdownOutput();
				assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
					.isEqualTo("late");
				awaitUntil(() -> proxy.open() == 0);
			}
		}
	}

	@Test
	void passesAResetOfTheServerOn() throws Exception {
		try (FrontProxy proxy = FrontProxy.start(0); Pod pod = new Pod()) {
			proxy.endpoints(List.of(pod.address()));
			try (Socket client = connect(proxy); Socket server = pod.takeConnection()) {
				ProxiedConnection.reset(server);
				assertReset(client);
				awaitUntil(() -> proxy.open() == 0);
			}
		}
	}

	@Test
	void passesAResetOfTheClientOn() throws Exception {
		try (FrontProxy proxy = FrontProxy.start(0); Pod pod = new Pod()) {
			proxy.endpoints(List.of(pod.address()));
			try (Socket client = connect(proxy); Socket server = pod.takeConnection()) {
				ProxiedConnection.reset(client);
				assertReset(server);
			}
		}
	}

	@Test
	void anEstablishedConnectionStaysWhenItsEndpointGoes() throws Exception {
		try (FrontProxy proxy = FrontProxy.start(0); Pod old = new Pod(); Pod other = new Pod()) {
			proxy.endpoints(List.of(old.address()));
			try (Socket before = connect(proxy); Socket oldServer = old.takeConnection()) {
				proxy.endpoints(List.of(other.address()));
				try (Socket after = connect(proxy); Socket otherServer = other.takeConnection()) {
					send(before, "old");
					send(after, "new");
					assertThat(receive(oldServer, 3)).isEqualTo("old");
					assertThat(receive(otherServer, 3)).isEqualTo("new");
					assertThat(old.waiting()).isZero();
				}
			}
		}
	}

	@Test
	void withoutEndpointsResetsTheClient() throws Exception {
		try (FrontProxy proxy = FrontProxy.start(0); Socket client = connect(proxy)) {
			assertReset(client);
		}
	}

	@Test
	void whenTheEndpointRefusesResetsTheClient() throws Exception {
		try (FrontProxy proxy = FrontProxy.start(0)) {
			proxy.endpoints(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next())));
			try (Socket client = connect(proxy)) {
				assertReset(client);
			}
			awaitUntil(() -> proxy.open() == 0);
		}
	}

	@Test
	void changesTakeEffectAfterTheLagInTheirOrder() throws Exception {
		Duration lag = Duration.ofMillis(300);
		InetSocketAddress one = InetSocketAddress.createUnresolved("one", 1);
		InetSocketAddress two = InetSocketAddress.createUnresolved("two", 2);
		try (FrontProxy proxy = FrontProxy.start(0, lag)) {
			long start = System.nanoTime();
			proxy.endpoints(List.of(one));
			proxy.endpoints(List.of(one, two));
			assertThat(proxy.endpoints()).isEmpty();
			proxy.awaitEndpoints(List.of(two, one), LONG);
			assertThat(proxy.endpoints()).containsExactly(one, two);
			assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(lag.toNanos());
		}
	}

	@Test
	void whenAwaitedEndpointsDoNotComeSaysWhichThereAre() {
		InetSocketAddress one = InetSocketAddress.createUnresolved("one", 1);
		try (FrontProxy proxy = FrontProxy.start(0)) {
			proxy.endpoints(List.of(one));
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> proxy.awaitEndpoints(List.of(), Duration.ofMillis(50)))
				.withMessageContaining("one");
		}
	}

	@Test
	void withoutLagChangesTakeEffectAtOnce() {
		InetSocketAddress one = InetSocketAddress.createUnresolved("one", 1);
		try (FrontProxy proxy = FrontProxy.start(0)) {
			proxy.endpoints(List.of(one));
			assertThat(proxy.endpoints()).containsExactly(one);
		}
	}

	@Test
	@SuppressWarnings("try")
	void closeResetsConnectionsAndRefusesNewOnes() throws Exception {
		try (Pod pod = new Pod(); FrontProxy proxy = FrontProxy.start(0)) {
			proxy.endpoints(List.of(pod.address()));
			try (Socket client = connect(proxy); Socket server = pod.takeConnection()) {
				proxy.close();
				assertReset(client);
				assertReset(server);
				assertThatExceptionOfType(SocketException.class).isThrownBy(() -> connect(proxy));
				proxy.endpoints(List.of());
			}
		}
	}

	@Test
	void refusesAPortThatIsTakenAndALagBelowZero() {
		try (FrontProxy proxy = FrontProxy.start(0)) {
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> FrontProxy.start(proxy.port()));
		}
		assertThatIllegalArgumentException().isThrownBy(() -> FrontProxy.start(0, Duration.ofMillis(-1)));
	}

	@Test
	void carriesHundredsOfFreshConnectionsWithoutAFailure() throws Exception {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
		server.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(200, 2);
			exchange.getResponseBody().write(new byte[] { 'O', 'K' });
			exchange.close();
		});
		server.start();
		try (FrontProxy proxy = FrontProxy.start(0)) {
			proxy.endpoints(List.of(server.getAddress()));
			try (RunningLoad load = Load.builder(proxy.uri("/"), LONG)
				.freshClients(4, Duration.ZERO)
				.keepAliveClients(4, Duration.ofMillis(10))
				.start()) {
				load.awaitRequests(300, LONG);
				LoadResult result = load.stop();
				assertThat(result.failures()).isEmpty();
				assertThat(proxy.accepted()).isEqualTo(result.connections());
				awaitUntil(() -> proxy.open() == 0);
			}
		}
		finally {
			server.stop(0);
		}
	}

	@Test
	void aChangeThatIsOvertakenByALaterOneHasNoEffect() throws Exception {
		Queue<Duration> lags = new ConcurrentLinkedQueue<>(List.of(Duration.ofMillis(200), Duration.ZERO));
		List<List<InetSocketAddress>> inEffect = new CopyOnWriteArrayList<>();
		InetSocketAddress slow = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
		InetSocketAddress quick = new InetSocketAddress(InetAddress.getLoopbackAddress(), 2);
		CountDownLatch third = new CountDownLatch(1);
		try (FrontProxy proxy = FrontProxy.start(0, () -> {
			Duration lag = lags.poll();
			return (lag != null) ? lag : Duration.ofMillis(400);
		}, (endpoints) -> {
			inEffect.add(endpoints);
			if (endpoints.isEmpty()) {
				third.countDown();
			}
		})) {
			proxy.endpoints(List.of(slow));
			proxy.endpoints(List.of(quick));
			assertThat(proxy.endpoints()).containsExactly(quick);
			// In effect after the first one would have been.
			proxy.endpoints(List.of());
			assertThat(third.await(LONG.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
			assertThat(inEffect).containsExactly(List.of(quick), List.of());
		}
	}

	private static Socket connect(FrontProxy proxy) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
		socket.setSoTimeout((int) LONG.toMillis());
		return socket;
	}

	private static void send(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String receive(Socket socket, int length) throws IOException {
		return new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
	}

	private static void assertReset(Socket socket) {
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> socket.getInputStream().read())
			.withMessageContaining("reset");
	}

	private static void awaitUntil(BooleanSupplier condition) throws InterruptedException {
		long deadline = System.nanoTime() + LONG.toNanos();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime()).isLessThan(deadline);
			TimeUnit.MILLISECONDS.sleep(2);
		}
	}

}

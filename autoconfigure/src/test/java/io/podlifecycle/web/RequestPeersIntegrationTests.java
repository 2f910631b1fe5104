package io.podlifecycle.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.process.FreePort;
import io.podlifecycle.report.ShutdownReport.PeerActivity;
import io.podlifecycle.shutdown.Connections;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.ObservedWork;
import io.podlifecycle.work.Peers;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.reactive.JettyReactiveWebServerFactory;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.tomcat.reactive.TomcatReactiveWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that claims to be many: the application sees the address of the header, the
 * propagation delay that of the connection.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RequestPeersIntegrationTests {

	private static final int REQUESTS = 2000;

	/** When nothing that was sent before is of the last minute any more. */
	private static final Ticker LATER = () -> Ticker.system().nanos() + Duration.ofMinutes(5).toNanos();

	@Test
	void forgedHeadersMakeNoPeersOnTomcat() throws IOException {
		assertOnePeer(WebApplicationType.SERVLET, Servlets.class, TomcatServletWebServerFactory.class);
	}

	@Test
	@Tag("full")
	void forgedHeadersMakeNoPeersOnJetty() throws IOException {
		assertOnePeer(WebApplicationType.SERVLET, Servlets.class, JettyServletWebServerFactory.class);
	}

	@Test
	@Tag("full")
	void forgedHeadersMakeNoPeersOnReactorNetty() throws IOException {
		assertOnePeer(WebApplicationType.REACTIVE, Reactive.class, NettyReactiveWebServerFactory.class);
	}

	@Test
	@Tag("full")
	void forgedHeadersMakeNoPeersInWebFluxOnTomcat() throws IOException {
		assertOnePeer(WebApplicationType.REACTIVE, Reactive.class, TomcatReactiveWebServerFactory.class);
	}

	@Test
	@Tag("full")
	void forgedHeadersMakeNoPeersInWebFluxOnJetty() throws IOException {
		assertOnePeer(WebApplicationType.REACTIVE, Reactive.class, JettyReactiveWebServerFactory.class);
	}

	private static void assertOnePeer(WebApplicationType type, Class<?>... application) throws IOException {
		int port = FreePort.next();
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(application)
			.registerShutdownHook(false)
			.web(type)
			.run("--server.port=" + port, "--server.forward-headers-strategy=native", "--spring.grpc.server.port=0",
					"--server.tomcat.max-keep-alive-requests=-1", "--pod-lifecycle.enabled-in-tests=true")) {
			Peers peers = context.getBean(ObservedWork.class).traffic().peers();
			try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 }), port)) {
				send(socket);
				assertThat(context.getBean(Claims.class).addresses).hasSize(REQUESTS);
				assertThat(peers.watch(Stream.empty(), Ticker.system()).activities()).extracting(PeerActivity::address)
					.containsExactly("127.0.0.1");
				assertThat(peers.watch(Stream.empty(), LATER).size()).isZero();
				assertThat(peers.watch(connected(context), LATER).size()).isOne();
			}
		}
	}

	private static Stream<Object> connected(ConfigurableApplicationContext context) {
		return context.getBeansOfType(Connections.class).values().stream().flatMap(Connections::peers);
	}

	private static void send(Socket socket) throws IOException {
		BufferedReader answer = new BufferedReader(
				new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
		for (int request = 0; request < REQUESTS; request++) {
			String text = "GET /claim HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 203.0." + request / 250 + "."
					+ request % 250 + "\r\n\r\n";
			socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
			String last = Stream.generate(() -> line(answer))
				.dropWhile((line) -> !line.isEmpty())
				.skip(1)
				.findFirst()
				.orElseThrow();
			assertThat(last).isEqualTo("ok");
		}
	}

	/** The body ends with a line break, too. */
	private static String line(BufferedReader answer) {
		try {
			return String.valueOf(answer.readLine());
		}
		catch (IOException ex) {
			return "failed: " + ex;
		}
	}

	static final class Claims {

		private final Set<String> addresses = ConcurrentHashMap.newKeySet();

		String add(@Nullable Object address) {
			this.addresses.add(String.valueOf(address));
			return "ok\n";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Claims.class)
	@RestController
	static class Servlets {

		private final Claims claims;

		Servlets(Claims claims) {
			this.claims = claims;
		}

		@GetMapping("/claim")
		String claim(HttpServletRequest request) {
			return this.claims.add(request.getRemoteAddr());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Claims.class)
	@RestController
	static class Reactive {

		private final Claims claims;

		Reactive(Claims claims) {
			this.claims = claims;
		}

		@GetMapping("/claim")
		String claim(ServerHttpRequest request) {
			return this.claims.add(request.getRemoteAddress());
		}

	}

}

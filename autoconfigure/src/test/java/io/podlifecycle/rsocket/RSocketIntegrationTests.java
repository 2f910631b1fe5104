package io.podlifecycle.rsocket;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.podlifecycle.probe.TestCertificate;
import io.podlifecycle.process.ClassPath;
import io.podlifecycle.process.SharedClasses;
import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.FreePort;
import io.rsocket.exceptions.CanceledException;
import io.rsocket.transport.netty.client.TcpClientTransport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.tcp.TcpClient;

import org.springframework.core.codec.CharSequenceEncoder;
import org.springframework.core.codec.StringDecoder;
import org.springframework.messaging.rsocket.RSocketRequester;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * An RSocket server that is told to leave.
 */
@Tag("full")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RSocketIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final int port = FreePort.next();

	@Test
	void overTcpServesUntilClientsHaveLearnedAndFinishesWhatItHasBegun() {
		assertServesUntilClientsHaveLearned(this::overTcp);
	}

	@Test
	void overTlsServesUntilClientsHaveLearnedAndFinishesWhatItHasBegun(@TempDir Path folder) throws Exception {
		TestCertificate certificate = TestCertificate.create(folder, "ip:127.0.0.1");
		SslContext context = SslContextBuilder.forClient().trustManager(certificate.trustManagers()).build();
		assertServesUntilClientsHaveLearned(() -> overTls(context),
				"--spring.rsocket.server.ssl.key-store=" + certificate.keyStore(),
				"--spring.rsocket.server.ssl.key-store-type=PKCS12",
				"--spring.rsocket.server.ssl.key-store-password=" + TestCertificate.PASSWORD);
	}

	@Test
	void overWebSocketServesUntilClientsHaveLearnedAndFinishesWhatItHasBegun() {
		assertServesUntilClientsHaveLearned(this::overWebSocket, "--spring.rsocket.server.transport=websocket");
	}

	private void assertServesUntilClientsHaveLearned(Supplier<RSocketRequester> clients, String... arguments) {
		RSocketRequester client = clients.get();
		try (AppProcess app = start(arguments)) {
			CompletableFuture<String> inFlight = slow(client, 7000);
			app.awaitLog("Slow request begins", LIMIT);
			CompletableFuture<?> stream = ticks(client);
			app.awaitLog("Stream begins", LIMIT);
			app.terminate();
			app.awaitLog("Shutting down on SIGTERM with 2 in flight", LIMIT);
			RSocketRequester other = clients.get();
			assertThat(other.route("slow").data("1").retrieveMono(String.class).block(LIMIT)).isEqualTo("slow");
			assertThat(inFlight.join()).isEqualTo("slow");
			assertThat(catchThrowable(stream::join)).hasCauseInstanceOf(CanceledException.class);
			assertThat(app.awaitExit(LIMIT)).isEqualTo(143);
			assertThat(log(app)).contains(" 0 cut off, 0 connections left open", "streams has 0 left, 1 ended");
		}
	}

	@Test
	void withTheLibraryOffTheRequestIsLost() {
		try (AppProcess app = start("--pod-lifecycle.enabled=false")) {
			CompletableFuture<String> inFlight = slow(overTcp(), 7000);
			app.awaitLog("Slow request begins", LIMIT);
			app.terminate();
			assertThatExceptionOfType(Exception.class).isThrownBy(inFlight::join);
			assertThat(app.awaitExit(LIMIT)).isEqualTo(143);
		}
	}

	private static CompletableFuture<String> slow(RSocketRequester client, long ms) {
		return client.route("slow").data(Long.toString(ms)).retrieveMono(String.class).toFuture();
	}

	private static CompletableFuture<?> ticks(RSocketRequester client) {
		return client.route("ticks").retrieveFlux(String.class).then().toFuture();
	}

	private RSocketRequester overTcp() {
		return requester().tcp("127.0.0.1", this.port);
	}

	private RSocketRequester overTls(SslContext context) {
		return requester().transport(TcpClientTransport
			.create(TcpClient.create().host("127.0.0.1").port(this.port).secure((ssl) -> ssl.sslContext(context))));
	}

	private RSocketRequester overWebSocket() {
		return requester().websocket(URI.create("ws://127.0.0.1:" + this.port));
	}

	private static RSocketRequester.Builder requester() {
		return RSocketRequester.builder()
			.rsocketStrategies((strategies) -> strategies.encoder(CharSequenceEncoder.allMimeTypes())
				.decoder(StringDecoder.allMimeTypes()))
			.dataMimeType(MimeTypeUtils.TEXT_PLAIN);
	}

	private static String log(AppProcess app) {
		StringBuilder text = new StringBuilder();
		app.log().forEach((line) -> text.append(line.text()).append('\n'));
		return text.toString();
	}

	private AppProcess start(String... arguments) {
		AppProcess app = SharedClasses
			.withoutServer(RSocketApplication.class, ClassPath.libraries("reactor-netty", "rsocket"))
			.environment("KUBERNETES_SERVICE_HOST", "127.0.0.1")
			.environment("KUBERNETES_SERVICE_PORT", "6443")
			.argument("--spring.rsocket.server.port=" + this.port, "--pod-lifecycle.shutdown.propagation.min=3s")
			.argument(arguments)
			.start();
		app.awaitLog("Started RSocketApplication", LIMIT);
		return app;
	}

}

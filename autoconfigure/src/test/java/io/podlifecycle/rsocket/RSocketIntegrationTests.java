package io.podlifecycle.rsocket;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.process.ClassPath;
import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.FreePort;
import io.rsocket.exceptions.CanceledException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

	private final RSocketRequester client = requester();

	@Test
	void servesUntilClientsHaveLearnedAndFinishesWhatItHasBegun() {
		try (AppProcess app = start()) {
			CompletableFuture<String> inFlight = slow(7000);
			app.awaitLog("Slow request begins", LIMIT);
			CompletableFuture<?> stream = ticks();
			app.awaitLog("Stream begins", LIMIT);
			app.terminate();
			app.awaitLog("Shutting down on SIGTERM with 2 in flight", LIMIT);
			RSocketRequester other = requester();
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
			CompletableFuture<String> inFlight = slow(7000);
			app.awaitLog("Slow request begins", LIMIT);
			app.terminate();
			assertThatExceptionOfType(Exception.class).isThrownBy(inFlight::join);
			assertThat(app.awaitExit(LIMIT)).isEqualTo(143);
		}
	}

	private CompletableFuture<String> slow(long ms) {
		return this.client.route("slow").data(Long.toString(ms)).retrieveMono(String.class).toFuture();
	}

	private CompletableFuture<?> ticks() {
		return this.client.route("ticks").retrieveFlux(String.class).then().toFuture();
	}

	private RSocketRequester requester() {
		return RSocketRequester.builder()
			.rsocketStrategies((strategies) -> strategies.encoder(CharSequenceEncoder.allMimeTypes())
				.decoder(StringDecoder.allMimeTypes()))
			.dataMimeType(MimeTypeUtils.TEXT_PLAIN)
			.tcp("127.0.0.1", this.port);
	}

	private static String log(AppProcess app) {
		StringBuilder text = new StringBuilder();
		app.log().forEach((line) -> text.append(line.text()).append('\n'));
		return text.toString();
	}

	private AppProcess start(String... arguments) {
		AppProcess app = AppProcess.builder()
			.mainClass(RSocketApplication.class.getName(),
					ClassPath.without(ClassPath.SERVERS + "|" + ClassPath.CLIENTS, "reactor-netty", "rsocket"))
			.environment("KUBERNETES_SERVICE_HOST", "127.0.0.1")
			.environment("KUBERNETES_SERVICE_PORT", "6443")
			.jvmOption("-Xmx192m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
			.argument("--spring.rsocket.server.port=" + this.port, "--spring.main.banner-mode=off",
					"--spring.main.web-application-type=none", "--pod-lifecycle.shutdown.propagation.min=3s")
			.argument(arguments)
			.start();
		app.awaitLog("Started RSocketApplication", LIMIT);
		return app;
	}

}

package io.podlifecycle.process;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.process.AppProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the client of a WebSocket sees when Spring Cloud Gateway, which forwards it, is
 * sent SIGTERM.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("full")
class GatewayIntegrationTests {

	private static final String ROUTE = "--spring.cloud.gateway.server.webflux.routes[0].";

	private final CompletableFuture<Void> forwarded = new CompletableFuture<>();

	private final DisposableServer backend = HttpServer.create()
		.host("127.0.0.1")
		.route((routes) -> routes.ws("/socket", (in, out) -> {
			this.forwarded.complete(null);
			return in.receive().then();
		}))
		.bindNow();

	@AfterEach
	void stopBackend() {
		this.backend.disposeNow();
	}

	@Test
	void closesAWebSocketThatItForwardsAsGoingAway() throws Exception {
		try (Service gateway = start("--pod-lifecycle.shutdown.propagation.when=never")) {
			assertThat(closeCodeAfterSigterm(gateway)).isEqualTo(1001);
			assertThat(gateway.log()).contains(" 0 cut off", "streams has 0 left, 1 ended");
		}
	}

	/** The negative control. */
	@Test
	void withTheLibraryOffItIsCutOffAtTheEnd() throws Exception {
		try (Service gateway = start("--pod-lifecycle.enabled=false",
				"--spring.lifecycle.timeout-per-shutdown-phase=2s")) {
			assertThat(closeCodeAfterSigterm(gateway)).isNotEqualTo(1001);
		}
	}

	private Service start(String... arguments) {
		String classPath = SetUpJars.addTo(Server.REACTOR_NETTY.classPath(), "spring-cloud-gateway-server-webflux",
				"spring-cloud-context", "reactor-extra", "jakarta.validation-api", "hibernate-validator",
				"jboss-logging", "classmate");
		return Service.startApplication(ServiceApplication.class,
				AppProcess.builder()
					.argument(ROUTE + "id=socket", ROUTE + "predicates=Path=/socket",
							ROUTE + "uri=ws://127.0.0.1:" + this.backend.port()),
				classPath, arguments);
	}

	private int closeCodeAfterSigterm(Service gateway) throws Exception {
		CompletableFuture<Integer> closed = new StreamClient(gateway.awaitReady()).openSocket("/socket");
		this.forwarded.get(60, TimeUnit.SECONDS);
		assertThat(gateway.terminate().awaitExit()).isEqualTo(143);
		return closed.get(60, TimeUnit.SECONDS);
	}

}

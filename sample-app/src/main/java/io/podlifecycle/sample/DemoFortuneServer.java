package io.podlifecycle.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * With the profile {@code demo}, starts a fortune server some seconds after the
 * application. It must not be a bean: the application waits for it before there are any.
 */
class DemoFortuneServer implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

	private static final Log logger = LogFactory.getLog(DemoFortuneServer.class);

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		Environment environment = event.getEnvironment();
		if (environment.matchesProfiles("demo")) {
			URI address = environment.getRequiredProperty("pod-lifecycle.startup.dependencies.fortune", URI.class);
			Duration delay = environment.getRequiredProperty("sample.demo.fortune-server-delay", Duration.class);
			Executor later = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS);
			later.execute(() -> start(address.getPort()));
		}
	}

	private static void start(int port) {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
			server.createContext("/", DemoFortuneServer::answer);
			server.start();
			logger.info("The demo's fortune server answers on port " + port);
		}
		catch (IOException ex) {
			logger.error("The demo's fortune server could not start on port " + port, ex);
			throw new UncheckedIOException(ex);
		}
	}

	private static void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			byte[] fortune = Fortunes.at(Instant.now()).getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "text/plain;charset=UTF-8");
			exchange.sendResponseHeaders(200, fortune.length);
			exchange.getResponseBody().write(fortune);
		}
	}

}

package io.podlifecycle.earlyprobe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.podlifecycle.Internal;
import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Poller;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;

/**
 * A small HTTP server in place of the application's, for as long as that is not there:
 * liveness 200, readiness 503, everything else 503 with {@code Retry-After}. Each answer
 * closes its connection, so that clients come back to the real server. Safe for use by
 * several threads.
 *
 * @since 0.1.0
 */
@Internal
public final class EarlyProbeServer implements AutoCloseable {

	private static final Duration LAST_ANSWERS = Duration.ofMillis(200);

	private final EarlyProbeServerSettings settings;

	private final Supplier<Map<String, String>> missing;

	private final HttpServer server;

	private final ProbeRequestExecutor probeRequestExecutor = new ProbeRequestExecutor();

	private final Ticker ticker;

	private final Sleeper sleeper;

	private final Deadline livenessEnds;

	private final AtomicInteger answering = new AtomicInteger();

	private final LongAdder refused = new LongAdder();

	private EarlyProbeServer(EarlyProbeServerSettings settings, Supplier<Map<String, String>> missing,
			HttpServer server, Ticker ticker, Sleeper sleeper) {
		this.settings = settings;
		this.missing = missing;
		this.server = server;
		this.ticker = ticker;
		this.sleeper = sleeper;
		this.livenessEnds = Deadline.after(settings.maxTime(), ticker);
	}

	/**
	 * Open an early probe server.
	 * @param settings where, and what it answers
	 * @param missing what is missing, by name, each with its last error; asked for each
	 * readiness probe
	 * @param ticker the source of time
	 * @param sleeper sleeps while the last answers are given
	 * @return the early probe server, to be closed before the web server binds
	 * @throws IOException if the port cannot be bound
	 */
	public static EarlyProbeServer open(EarlyProbeServerSettings settings, Supplier<Map<String, String>> missing,
			Ticker ticker, Sleeper sleeper) throws IOException {
		HttpServer server = HttpServer.create(settings.address(), 0);
		EarlyProbeServer room = new EarlyProbeServer(settings, missing, server, ticker, sleeper);
		server.createContext("/", room::answer);
		server.setExecutor(room.probeRequestExecutor);
		server.start();
		return room;
	}

	private void answer(HttpExchange exchange) throws IOException {
		this.answering.incrementAndGet();
		try (exchange) {
			String path = exchange.getRequestURI().getPath();
			if (this.settings.livenessPaths().contains(path)) {
				send(exchange, this.livenessEnds.isOver() ? HealthAnswer.down() : HealthAnswer.up());
			}
			else if (this.settings.readinessPaths().contains(path)) {
				send(exchange, HealthAnswer
					.outOfService(this.settings.showDetails() ? this.missing.get() : Map.<String, String>of()));
			}
			else {
				this.refused.increment();
				exchange.getResponseHeaders().set("Retry-After", "1");
				send(exchange, HealthAnswer.outOfService(Map.of()));
			}
		}
		finally {
			this.answering.decrementAndGet();
		}
	}

	/**
	 * Return how many requests came that were no probes.
	 * @return the number so far
	 */
	public long refused() {
		return this.refused.sum();
	}

	private static void send(HttpExchange exchange, HealthAnswer answer) throws IOException {
		byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/vnd.spring-boot.actuator.v3+json");
		exchange.getResponseHeaders().set("Connection", "close");
		boolean head = "HEAD".equals(exchange.getRequestMethod());
		exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
		if (!head) {
			exchange.getResponseBody().write(body);
		}
	}

	/**
	 * Close the port at once. Answers that are being given are finished, for at most 200
	 * ms.
	 */
	@Override
	public void close() {
		new Poller(this.sleeper, Duration.ofMillis(1)).await(() -> this.answering.get() == 0,
				Deadline.after(LAST_ANSWERS, this.ticker));
		this.server.stop(0);
		this.probeRequestExecutor.shutDown();
	}

}

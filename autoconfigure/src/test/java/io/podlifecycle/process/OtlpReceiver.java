package io.podlifecycle.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Receives what OpenTelemetry exports over HTTP. The texts of a span or a metric stand in
 * its bytes as they are.
 */
final class OtlpReceiver implements AutoCloseable {

	private final Queue<String> spans = new ConcurrentLinkedQueue<>();

	private final Queue<String> metrics = new ConcurrentLinkedQueue<>();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final HttpServer server;

	private OtlpReceiver(HttpServer server) {
		this.server = server;
	}

	static OtlpReceiver start() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			OtlpReceiver receiver = new OtlpReceiver(server);
			server.createContext("/v1/traces", (exchange) -> receive(exchange, receiver.spans));
			server.createContext("/v1/metrics", (exchange) -> receive(exchange, receiver.metrics));
			server.setExecutor(receiver.executor);
			server.start();
			return receiver;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void receive(HttpExchange exchange, Queue<String> received) throws IOException {
		try (exchange) {
			received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
			exchange.sendResponseHeaders(200, -1);
		}
	}

	String address() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	String spans() {
		return String.join("\n", this.spans);
	}

	String metrics() {
		return String.join("\n", this.metrics);
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

}

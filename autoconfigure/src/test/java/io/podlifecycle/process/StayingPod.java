package io.podlifecycle.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Where clients go when a pod leaves: it is always ready, and answers everything at once.
 * It keeps no connection, so that clients that could keep theirs find the other pod.
 */
final class StayingPod implements AutoCloseable {

	private static final String READINESS = "/ready";

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final AtomicLong answered = new AtomicLong();

	private StayingPod(HttpServer server) {
		this.server = server;
	}

	static StayingPod start() {
		try {
			StayingPod pod = new StayingPod(
					HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
			pod.server.createContext("/", pod::answer);
			pod.server.setExecutor(pod.threads);
			pod.server.start();
			return pod;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			exchange.getResponseHeaders().set("Connection", "close");
			exchange.sendResponseHeaders(204, -1);
			if (!exchange.getRequestURI().getPath().equals(READINESS)) {
				this.answered.incrementAndGet();
			}
		}
	}

	InetSocketAddress address() {
		return this.server.getAddress();
	}

	URI readiness() {
		return URI.create("http://127.0.0.1:" + address().getPort() + READINESS);
	}

	/**
	 * Return how many requests of clients it has answered.
	 */
	long answered() {
		return this.answered.get();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}

package io.podlifecycle.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An application for rehearsals, whose manners are its arguments:
 * {@code --server.port=1}, and any of {@code --leave=9000} (serves after SIGTERM,
 * politely, until no connection is left and none has come for a second, or for so long;
 * without it the JVM ends at once, as with {@code PODLIFECYCLE_ENABLED=false}),
 * {@code --ignore-sigterm} (does not leave), {@code --exit=3} (at once),
 * {@code --never-ready}, {@code --stay-ready} (while it leaves), {@code --alive-for=5}
 * (then liveness fails, by the number of answers), {@code --needs=port} (exits where
 * nobody listens), {@code --uses=host:port} (answers 502 where nobody listens),
 * {@code --gate} (and is not ready then).
 */
public final class App {

	/** Longer than the lag of any rehearsal here, and than the pauses of its clients. */
	private static final Duration QUIET = Duration.ofSeconds(1);

	private final Map<String, String> options = new HashMap<>();

	private final AtomicInteger aliveAnswers = new AtomicInteger();

	private final Set<InetSocketAddress> keptConnections = ConcurrentHashMap.newKeySet();

	private volatile long lastRequestNanos = System.nanoTime();

	private volatile boolean leaving;

	private volatile boolean asked;

	private App(String[] args) {
		for (String arg : args) {
			String[] parts = arg.replaceFirst("^--", "").split("=", 2);
			this.options.put(parts[0], (parts.length == 2) ? parts[1] : "");
		}
	}

	public static void main(String[] args) throws Exception {
		new App(args).run();
	}

	private void run() throws IOException, InterruptedException {
		if (this.options.containsKey("exit")) {
			System.out.println("I cannot start");
			System.exit(number("exit"));
		}
		if (this.options.containsKey("needs")) {
			new Socket(InetAddress.getLoopbackAddress(), number("needs")).close();
		}
		HttpServer server = HttpServer
			.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), number("server.port")), 100);
		server.setExecutor(Executors.newCachedThreadPool());
		server.createContext("/", this::answer);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(server)));
		server.start();
		System.out.println("started on port " + number("server.port"));
		new CountDownLatch(1).await();
	}

	private int number(String option) {
		return Integer.parseInt(this.options.getOrDefault(option, "0"));
	}

	private void answer(HttpExchange exchange) throws IOException {
		boolean closing = this.leaving;
		if (closing) {
			exchange.getResponseHeaders().set("Connection", "close");
		}
		if (exchange.getRequestURI().getPath().equals("/")) {
			this.lastRequestNanos = System.nanoTime();
			if (closing || "close".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Connection"))) {
				this.keptConnections.remove(exchange.getRemoteAddress());
			}
			else {
				this.keptConnections.add(exchange.getRemoteAddress());
			}
		}
		int status = switch (exchange.getRequestURI().getPath()) {
			case "/" -> hasWhatItUses() ? 204 : 502;
			case "/readyz" -> isReady() ? 200 : 503;
			case "/livez" -> isAlive() ? 200 : 503;
			case "/asked" -> asked();
			default -> 404;
		};
		exchange.sendResponseHeaders(status, -1);
		exchange.close();
	}

	private boolean isReady() {
		boolean willing = !this.leaving || this.options.containsKey("stay-ready");
		return willing && !this.options.containsKey("never-ready")
				&& (!this.options.containsKey("gate") || hasWhatItUses());
	}

	private boolean hasWhatItUses() {
		if (!this.options.containsKey("uses")) {
			return true;
		}
		String[] address = this.options.getOrDefault("uses", "").split(":", 2);
		try {
			new Socket(address[0], Integer.parseInt(address[1])).close();
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private int asked() {
		this.asked = true;
		return 200;
	}

	private boolean isAlive() {
		return !this.options.containsKey("alive-for") || this.aliveAnswers.incrementAndGet() <= number("alive-for");
	}

	private boolean serveOut(Duration most) throws InterruptedException {
		long begin = System.nanoTime();
		boolean quiet = false;
		while (!quiet && System.nanoTime() - begin < most.toNanos()) {
			TimeUnit.MILLISECONDS.sleep(20);
			long idle = System.nanoTime() - Math.max(begin, this.lastRequestNanos);
			quiet = this.keptConnections.isEmpty() && idle >= QUIET.toNanos();
		}
		return quiet;
	}

	private void leave(HttpServer server) {
		this.leaving = true;
		System.out.println("leaving" + (this.asked ? ", as was asked" : ""));
		try {
			Files.writeString(Path.of(System.getenv("TERMINATION_MESSAGE_PATH")), "good bye");
			if (this.options.containsKey("ignore-sigterm")) {
				TimeUnit.MINUTES.sleep(5);
			}
			if (this.options.containsKey("leave") && !"false".equals(System.getenv("PODLIFECYCLE_ENABLED"))) {
				server.stop(serveOut(Duration.ofMillis(number("leave"))) ? 0 : 1);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}

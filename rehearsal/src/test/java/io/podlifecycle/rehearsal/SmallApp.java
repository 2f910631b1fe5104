package io.podlifecycle.rehearsal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;

/**
 * A web application that leaves on SIGTERM: politely, which is to say
 * {@code Connection: close} and to serve for another 1.5 s, or rudely, at once.
 */
final class SmallApp {

	private final boolean polite;

	private final HttpServer server;

	private volatile boolean leaving;

	private SmallApp(int port, boolean polite) throws IOException {
		this.polite = polite;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
		this.server.setExecutor(Executors.newCachedThreadPool());
		this.server.createContext("/", (exchange) -> {
			if (this.leaving) {
				exchange.getResponseHeaders().set("Connection", "close");
			}
			boolean refused = this.leaving && exchange.getRequestURI().getPath().equals("/readyz");
			exchange.sendResponseHeaders(refused ? 503 : 204, -1);
			exchange.close();
		});
	}

	private void leave() {
		if (!this.polite) {
			Runtime.getRuntime().halt(1);
		}
		this.leaving = true;
		try {
			TimeUnit.MILLISECONDS.sleep(1_500);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.server.stop(1);
	}

	public static void main(String[] args) throws Exception {
		SmallApp app = new SmallApp(Integer.parseInt(args[0]), args[1].equals("polite"));
		Runtime.getRuntime().addShutdownHook(new Thread(app::leave));
		app.server.start();
		new CountDownLatch(1).await();
	}

}

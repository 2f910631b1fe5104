package io.podlifecycle.benchmark;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpServer;
import io.podlifecycle.rehearsal.process.FreePort;

/**
 * The peers of {@link WaitMeasurements}. The JVM looks names up in a file of hosts.
 */
final class Peers {

	private static final int CLIENTS = 200;

	private final Path hosts;

	Peers(Path hosts) {
		this.hosts = hosts;
	}

	Peer tcp() {
		int port = FreePort.next();
		return new Peer("tcp://127.0.0.1:" + port, () -> {
			ServerSocket listener = listen(port);
			start(() -> {
				while (true) {
					listener.accept().close();
				}
			});
			return listener;
		});
	}

	/** The server is there all the time, the name is not. */
	Peer name() {
		int port = FreePort.next();
		String name = "peer" + port + ".example";
		Closeable server = listen(port);
		return new Peer("tcp://" + name + ":" + port, () -> {
			Files.writeString(this.hosts, "127.0.0.1 localhost " + name + "\n");
			return server;
		});
	}

	Peer dns() {
		String name = "peer" + FreePort.next() + ".example";
		return new Peer("dns:" + name, () -> {
			Files.writeString(this.hosts, "127.0.0.1 localhost " + name + "\n");
			return () -> {
			};
		});
	}

	Peer file() {
		Path file = this.hosts.resolveSibling("peer");
		return new Peer("file:" + file, () -> {
			Files.createFile(file);
			return () -> Files.delete(file);
		});
	}

	/** A server is there all the time, and the port that leads to it is not. */
	static Peer relay(String uri, int serverPort) {
		int port = FreePort.next();
		return new Peer(uri.formatted(port), () -> {
			ServerSocket listener = listen(port);
			start(() -> {
				while (true) {
					Socket client = listener.accept();
					Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
					start(() -> copy(client, server));
					start(() -> copy(server, client));
				}
			});
			return listener;
		});
	}

	private static void copy(Socket from, Socket to) throws IOException {
		try (from; to) {
			from.getInputStream().transferTo(to.getOutputStream());
		}
	}

	private static void start(IoTask task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// One of the ends was closed.
			}
		}, "relay");
		thread.setDaemon(true);
		thread.start();
	}

	Peer http(boolean there) {
		int port = FreePort.next();
		AtomicLong status = new AtomicLong(there ? 503 : 200);
		Closeable server = there ? serve(port, status) : () -> {
		};
		return new Peer("http://127.0.0.1:" + port + "/", () -> {
			status.set(200);
			return there ? server : serve(port, status);
		}, there);
	}

	private static ServerSocket listen(int port) {
		try {
			return new ServerSocket(port, CLIENTS, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Closeable serve(int port, AtomicLong status) {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
			server.createContext("/", (exchange) -> {
				exchange.sendResponseHeaders(status.intValue(), -1);
				exchange.close();
			});
			server.start();
			return () -> server.stop(0);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private interface IoTask {

		void run() throws IOException;

	}

}

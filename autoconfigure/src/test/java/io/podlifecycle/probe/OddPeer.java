package io.podlifecycle.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Accepts connections, says the wrong thing or nothing at all, and sees whether the
 * client closes them.
 */
final class OddPeer implements AutoCloseable {

	private final ServerSocket server;

	private final byte[] greeting;

	private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

	private final AtomicInteger open = new AtomicInteger();

	private OddPeer(String greeting) {
		this.greeting = greeting.getBytes(StandardCharsets.US_ASCII);
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start("odd-peer", this::accept);
	}

	static OddPeer silent() {
		return new OddPeer("");
	}

	static OddPeer saying(String greeting) {
		return new OddPeer(greeting);
	}

	int port() {
		return this.server.getLocalPort();
	}

	/** The number of connections so far. */
	int accepted() {
		return this.sockets.size();
	}

	/** The number of connections that the client has not closed. */
	int open() {
		return this.open.get();
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.server.accept();
				this.open.incrementAndGet();
				this.sockets.add(socket);
				start("odd-peer-connection", () -> serve(socket));
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	private void serve(Socket socket) {
		try {
			socket.getOutputStream().write(this.greeting);
			socket.getOutputStream().flush();
			if (this.greeting.length > 0) {
				socket.shutdownOutput();
			}
			while (socket.getInputStream().read() >= 0) {
				// What the client says.
			}
		}
		catch (IOException ex) {
			// Reset by the client: closed as well.
		}
		this.open.decrementAndGet();
	}

	private static void start(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

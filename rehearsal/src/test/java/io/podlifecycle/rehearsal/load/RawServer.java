package io.podlifecycle.rehearsal.load;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on plain sockets, which treats each connection as a test wants it.
 */
final class RawServer implements AutoCloseable {

	static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK";

	static final String OK_AND_CLOSE = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nOK";

	private final ServerSocket listener;

	private final Handler handler;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	final AtomicInteger connections = new AtomicInteger();

	final List<String> requests = new CopyOnWriteArrayList<>();

	RawServer(Handler handler) {
		this.handler = handler;
		try {
			this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::acceptAll);
	}

	/** Answers every request on every connection in the same way. */
	static RawServer answering(String answer) {
		return new RawServer((connection) -> {
			while (connection.readRequest()) {
				connection.write(answer);
			}
		});
	}

	URI uri() {
		return URI.create("http://127.0.0.1:" + this.listener.getLocalPort() + "/path");
	}

	private void acceptAll() {
		try {
			while (true) {
				Socket socket = this.listener.accept();
				this.sockets.add(socket);
				int number = this.connections.incrementAndGet();
				start(() -> serve(socket, number));
			}
		}
		catch (IOException ex) {
			return;
		}
	}

	private void serve(Socket socket, int number) {
		try (socket) {
			this.handler.handle(new Connection(socket, number));
		}
		catch (IOException ex) {
			return;
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "raw-server");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

	@FunctionalInterface
	interface Handler {

		/** Returning closes the connection. */
		void handle(Connection connection) throws IOException;

	}

	final class Connection {

		private final Socket socket;

		private final BufferedReader reader;

		final int number;

		volatile String lastRequest = "";

		private Connection(Socket socket, int number) throws IOException {
			this.socket = socket;
			this.number = number;
			this.reader = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
		}

		/** Reads a request without a body, and returns false if the client has closed. */
		boolean readRequest() throws IOException {
			StringBuilder request = new StringBuilder();
			for (String line = this.reader.readLine(); line != null; line = this.reader.readLine()) {
				if (line.isEmpty()) {
					this.lastRequest = request.toString();
					RawServer.this.requests.add(this.lastRequest);
					return true;
				}
				request.append(line).append('\n');
			}
			return false;
		}

		/** What no line has been read from. */
		DataInputStream bytes() throws IOException {
			return new DataInputStream(this.socket.getInputStream());
		}

		void write(String text) throws IOException {
			write(text.getBytes(StandardCharsets.ISO_8859_1));
		}

		void write(byte[] bytes) throws IOException {
			this.socket.getOutputStream().write(bytes);
			this.socket.getOutputStream().flush();
		}

		void reset() throws IOException {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}

	}

}

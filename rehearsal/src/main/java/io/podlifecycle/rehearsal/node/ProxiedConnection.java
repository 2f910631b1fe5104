package io.podlifecycle.rehearsal.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A client's connection and the one to its backend, with a thread for each direction. A
 * FIN of one side becomes a FIN to the other, a reset becomes a reset.
 */
final class ProxiedConnection {

	private static final int CONNECT_MILLIS = 1_000;

	private final Socket client;

	private final Socket backend = new Socket();

	private final InetSocketAddress endpoint;

	private final Consumer<ProxiedConnection> onEnd;

	private final AtomicInteger openDirections = new AtomicInteger(2);

	ProxiedConnection(Socket client, InetSocketAddress endpoint, Consumer<ProxiedConnection> onEnd) {
		this.client = client;
		this.endpoint = endpoint;
		this.onEnd = onEnd;
	}

	/**
	 * Connects to the backend and copies what the client sends until it ends.
	 * @param executor runs the other direction
	 */
	void run(Executor executor) {
		try {
			this.client.setTcpNoDelay(true);
			this.backend.setTcpNoDelay(true);
			this.backend.connect(this.endpoint, CONNECT_MILLIS);
			executor.execute(() -> copy(this.backend, this.client));
		}
		catch (IOException | RejectedExecutionException ex) {
			reset();
			return;
		}
		copy(this.client, this.backend);
	}

	private void copy(Socket from, Socket to) {
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] buffer = new byte[8_192];
			for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
				out.write(buffer, 0, length);
			}
			to.shutdownOutput();
			if (this.openDirections.decrementAndGet() == 0) {
				this.onEnd.accept(this);
				from.close();
				to.close();
			}
		}
		catch (IOException ex) {
			reset();
		}
	}

	/**
	 * Resets both sides.
	 */
	void reset() {
		this.onEnd.accept(this);
		reset(this.client);
		reset(this.backend);
	}

	static void reset(Socket socket) {
		try (socket) {
			// Without lingering, close sends RST in place of FIN.
			socket.setSoLinger(true, 0);
		}
		catch (IOException ex) {
			// It is closed already, and so is what this is for.
			return;
		}
	}

}

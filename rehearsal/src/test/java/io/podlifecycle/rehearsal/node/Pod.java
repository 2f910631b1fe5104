package io.podlifecycle.rehearsal.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A listening socket whose accepted connections the test holds in its hands.
 */
final class Pod implements AutoCloseable {

	private final ServerSocket listener;

	private final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();

	Pod() throws IOException {
		this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(this::acceptAll, "pod");
		thread.setDaemon(true);
		thread.start();
	}

	private void acceptAll() {
		try {
			while (true) {
				Socket socket = this.listener.accept();
				socket.setSoTimeout(30_000);
				this.accepted.add(socket);
			}
		}
		catch (IOException ex) {
			return;
		}
	}

	InetSocketAddress address() {
		return (InetSocketAddress) this.listener.getLocalSocketAddress();
	}

	Socket takeConnection() throws InterruptedException {
		Socket socket = this.accepted.poll(30, TimeUnit.SECONDS);
		if (socket == null) {
			throw new AssertionError("No connection came");
		}
		return socket;
	}

	int waiting() {
		return this.accepted.size();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		for (Socket socket : this.accepted) {
			socket.close();
		}
	}

}

package io.podlifecycle.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

import io.podlifecycle.time.Sleeper;

/**
 * Stands in front of a real peer and passes on what it and its clients say: with TLS,
 * slowly, or only until the peer's first answer, as if it died in the midst of it.
 */
final class Front implements AutoCloseable {

	private final ServerSocket server;

	private final int backend;

	private final Duration delay;

	private final boolean mortal;

	private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

	private final AtomicInteger open = new AtomicInteger();

	private final CountDownLatch dead = new CountDownLatch(1);

	private Front(ServerSocketFactory factory, int port, int backend, Duration delay, boolean mortal) {
		this.backend = backend;
		this.delay = delay;
		this.mortal = mortal;
		try {
			this.server = factory.createServerSocket(port, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start("front", this::accept);
	}

	/** Passes on everything. */
	static Front at(int port, int backend) {
		return new Front(ServerSocketFactory.getDefault(), port, backend, Duration.ZERO, false);
	}

	/** Talks TLS 1.3 with the clients. */
	static Front secure(SSLContext context, int backend) {
		Front front = new Front(context.getServerSocketFactory(), 0, backend, Duration.ZERO, false);
		((SSLServerSocket) front.server).setEnabledProtocols(new String[] { "TLSv1.3" });
		return front;
	}

	/** Holds back each piece of an answer for a while. */
	static Front slow(Duration delay, int backend) {
		return new Front(ServerSocketFactory.getDefault(), 0, backend, delay, false);
	}

	/** Dies before the first answer to a client that has said something. */
	static Front mortalAt(int port, int backend) {
		return new Front(ServerSocketFactory.getDefault(), port, backend, Duration.ZERO, true);
	}

	int port() {
		return this.server.getLocalPort();
	}

	/** The number of connections that the clients have not closed. */
	int open() {
		return this.open.get();
	}

	void awaitDeath() throws InterruptedException {
		this.dead.await();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.server.accept();
				this.open.incrementAndGet();
				this.sockets.add(client);
				start("front-client", () -> serve(client));
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	private void serve(Socket client) {
		AtomicBoolean spoken = new AtomicBoolean();
		try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), this.backend)) {
			this.sockets.add(peer);
			start("front-peer", () -> answer(peer, client, spoken));
			pass(client.getInputStream(), peer.getOutputStream(), () -> spoken.set(true));
		}
		catch (IOException ex) {
			// Reset by the client, or the peer has disconnected.
		}
		this.open.decrementAndGet();
	}

	private void answer(Socket peer, Socket client, AtomicBoolean spoken) {
		try {
			pass(peer.getInputStream(), client.getOutputStream(), () -> {
				if (this.mortal && spoken.get()) {
					close();
					this.dead.countDown();
				}
				Sleeper.system().sleepUnlessInterrupted(this.delay);
			});
			client.shutdownOutput();
		}
		catch (IOException ex) {
			// One of them has closed it.
		}
	}

	private static void pass(InputStream in, OutputStream out, Runnable beforehand) throws IOException {
		byte[] buffer = new byte[8192];
		for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
			beforehand.run();
			out.write(buffer, 0, read);
			out.flush();
		}
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

package io.podlifecycle.rehearsal.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds TCP ports that nobody listens on.
 * <p>
 * A port is given out once: neither this JVM nor another one of the same user that asks
 * this class gets it again, as long as this JVM runs. There is a race that cannot be
 * avoided: any other process of the machine can take the port before the caller does.
 * Where the application can choose its own port ({@code --server.port=0}) and tell it,
 * that is better.
 * <p>
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class FreePort {

	/**
	 * Below the ports that Linux gives to clients (32768 to 60999): one of those may be
	 * taken at any moment by a connection that somebody opens.
	 */
	private static final int HIGHEST = 32_767;

	private static final int LOWEST = 10_000;

	private static final int TRIES = 100;

	private static final PortReservations RESERVATIONS = PortReservations.open(
			Path.of(System.getProperty("java.io.tmpdir"), "pod-lifecycle-ports-of-" + System.getProperty("user.name")));

	private FreePort() {
	}

	/**
	 * Returns a port that was free on all local addresses a moment ago.
	 * @return the port, 1 to 65535
	 * @throws UncheckedIOException if there is none
	 */
	public static int next() {
		return next(1)[0];
	}

	/**
	 * Returns several different ports that were free at the same time a moment ago.
	 * @param count how many, 1 or more
	 * @return the ports, each 1 to 65535
	 * @throws UncheckedIOException if there are not so many
	 * @throws IllegalArgumentException if the count is below 1
	 */
	public static int[] next(int count) {
		if (count < 1) {
			throw new IllegalArgumentException("The count of ports must be 1 or more, but is " + count);
		}
		ServerSocket[] sockets = new ServerSocket[count];
		int[] ports = new int[count];
		try {
			for (int i = 0; i < count; i++) {
				// The sockets stay open until all are found: the ports differ.
				sockets[i] = listen();
				ports[i] = sockets[i].getLocalPort();
			}
			return ports;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("There is no free TCP port", ex);
		}
		finally {
			closeAll(sockets);
		}
	}

	private static ServerSocket listen() throws IOException {
		for (int i = 0; i < TRIES; i++) {
			int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
			try {
				ServerSocket socket = listen(port);
				if (RESERVATIONS.reserve(port)) {
					return socket;
				}
				socket.close();
			}
			catch (BindException ex) {
				// Somebody has this one.
			}
		}
		return listen(0);
	}

	private static ServerSocket listen(int port) throws IOException {
		return new ServerSocket(port, 1, (InetAddress) null);
	}

	private static void closeAll(ServerSocket[] sockets) {
		for (ServerSocket socket : sockets) {
			if (socket != null) {
				try {
					socket.close();
				}
				catch (IOException ex) {
					throw new UncheckedIOException("The port could not be given back", ex);
				}
			}
		}
	}

}

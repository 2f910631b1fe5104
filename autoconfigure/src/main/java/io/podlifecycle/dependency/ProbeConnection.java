package io.podlifecycle.dependency;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import io.podlifecycle.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * A connection for one try. All of it together takes no longer than its deadline, however
 * slowly the peer drips.
 */
final class ProbeConnection implements AutoCloseable {

	private static final int LONGEST_LINE = 8192;

	private final Socket socket;

	private final Deadline deadline;

	private ProbeConnection(Socket socket, Deadline deadline) {
		this.socket = socket;
		this.deadline = deadline;
	}

	static ProbeConnection open(String host, int port, Deadline deadline) throws IOException {
		// The name is looked up anew for each try: the address may have moved.
		return open(List.of(InetAddress.getAllByName(host)), port, deadline);
	}

	/** Connect to the first address that accepts. */
	static ProbeConnection open(List<InetAddress> addresses, int port, Deadline deadline) throws IOException {
		return FirstSuccess.first(addresses, deadline,
				(address, share) -> connect(new InetSocketAddress(address, port), share, deadline));
	}

	private static ProbeConnection connect(InetSocketAddress address, Duration timeLimit, Deadline deadline)
			throws IOException {
		Socket socket = newSocket();
		try {
			socket.connect(address, millis(timeLimit));
			return new ProbeConnection(socket, deadline);
		}
		catch (IOException ex) {
			socket.close();
			throw ex;
		}
	}

	/** To ask whether there is a SOCKS proxy costs as much as the connection itself. */
	private static Socket newSocket() {
		boolean mayHaveProxy = System.getProperty("socksProxyHost") != null
				|| Boolean.getBoolean("java.net.useSystemProxies");
		return mayHaveProxy ? new Socket() : new Socket(Proxy.NO_PROXY);
	}

	/** Go on with TLS, with a server that need not be the one at the other end. */
	ProbeConnection secure(Endpoint server, @Nullable TlsSettings tls) throws IOException {
		SSLSocketFactory factory = (tls != null) ? tls.context().getSocketFactory()
				: (SSLSocketFactory) SSLSocketFactory.getDefault();
		SSLSocket secure = (SSLSocket) factory.createSocket(this.socket, server.host(), server.port(), true);
		SSLParameters parameters = (tls != null) ? tls.parameters() : secure.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		secure.setSSLParameters(parameters);
		secure.setSoTimeout(millis(this.deadline));
		secure.startHandshake();
		return new ProbeConnection(secure, this.deadline);
	}

	void write(String text) throws IOException {
		this.socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
		this.socket.getOutputStream().flush();
	}

	/** Read a line, without its end. */
	String readLine() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = read(); next != '\n'; next = read()) {
			if (next < 0) {
				throw new EOFException("The peer closed the connection without an answer");
			}
			if (line.length() == LONGEST_LINE) {
				throw new IOException("The answer has a line that is too long");
			}
			line.append((char) next);
		}
		return line.toString().strip();
	}

	/** Read as many bytes, or fewer if the peer ends before. */
	void readInto(ByteArrayOutputStream bytes, int count) throws IOException {
		byte[] buffer = new byte[8192];
		int left = count;
		while (left > 0) {
			this.socket.setSoTimeout(millis(this.deadline));
			int read = this.socket.getInputStream().read(buffer, 0, Math.min(left, buffer.length));
			if (read < 0) {
				return;
			}
			bytes.write(buffer, 0, read);
			left -= read;
		}
	}

	private int read() throws IOException {
		this.socket.setSoTimeout(millis(this.deadline));
		return this.socket.getInputStream().read();
	}

	private static int millis(Deadline deadline) throws SocketTimeoutException {
		return millis(deadline.remaining());
	}

	/** A limit of zero would be none. */
	private static int millis(Duration timeLimit) throws SocketTimeoutException {
		if (timeLimit.isZero() || timeLimit.isNegative()) {
			throw new SocketTimeoutException("Out of time");
		}
		return (int) Math.max(1, Math.min(timeLimit.toMillis(), Integer.MAX_VALUE));
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}

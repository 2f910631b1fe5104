package io.podlifecycle.rehearsal.load;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.podlifecycle.rehearsal.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection that carries one GET after another: as much of RFC 9113 as that
 * takes, and nothing behind the caller's back. All state is guarded by this object.
 */
final class Http2Connection implements AutoCloseable {

	/** The answer of {@link #send()} once the server has said GOAWAY. */
	static final int LEFT = 0;

	private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	/** No table, so that each answer can be read by itself, and no pushes. */
	private static final byte[] SETTINGS = { 0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0 };

	private static final int REFUSED_STREAM = 7;

	/** A quarter of the windows, which are 64 KiB. */
	private static final int CREDIT = 1 << 14;

	private static final int LAST_STREAM = 0x7FFF_FFFF;

	private final Socket socket;

	private final byte[] headers;

	private final Duration timeout;

	private int stream = -1;

	private boolean answering;

	private int status;

	private int consumedOfConnection;

	private int consumedOfStream;

	private boolean goAway;

	private @Nullable IOException failure;

	private Http2Connection(Socket socket, byte[] headers, Duration timeout) {
		this.socket = socket;
		this.headers = headers;
		this.timeout = timeout;
	}

	/**
	 * Open a connection: with prior knowledge that the server speaks HTTP/2, or by ALPN
	 * for {@code https}.
	 * @param target what to get
	 * @param timeout how long to wait for the connection, and for an answer
	 * @return the connection; the caller closes it
	 * @throws IOException if there is none
	 */
	static Http2Connection open(URI target, Duration timeout) throws IOException {
		Socket socket = ClientSocket.open(target, timeout, "h2");
		try {
			// An idle connection is no failure: whoever waits for an answer has a
			// deadline.
			socket.setSoTimeout(0);
			Http2Connection connection = new Http2Connection(socket, Hpack.get(target, Load.USER_AGENT), timeout);
			connection.start();
			return connection;
		}
		catch (IOException ex) {
			socket.close();
			throw ex;
		}
	}

	private synchronized void start() throws IOException {
		ByteBuffer first = ByteBuffer.allocate(PREFACE.length + Frame.HEADER + SETTINGS.length);
		first.put(PREFACE).put(Frame.bytes(Frame.SETTINGS, 0, 0, SETTINGS));
		write(first.array());
		Thread reader = new Thread(this::read, "load-http2");
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Send the request.
	 * @return the number of its stream, or {@link #LEFT} if nothing was sent because the
	 * server has asked to leave this connection
	 * @throws IOException if it could not be sent
	 */
	synchronized int send() throws IOException {
		if (this.goAway) {
			close();
			return LEFT;
		}
		this.stream += 2;
		this.status = 0;
		this.consumedOfStream = 0;
		this.answering = true;
		if (this.failure == null) {
			write(Frame.bytes(Frame.HEADERS, Frame.END_STREAM | Frame.END_HEADERS, this.stream, this.headers));
		}
		return this.stream;
	}

	/**
	 * Wait for the whole answer.
	 * @return its status
	 * @throws IOException if it does not come
	 */
	synchronized int awaitAnswer() throws IOException {
		try {
			if (!Deadline.in(this.timeout).await(this, () -> !this.answering || this.failure != null)) {
				throw new SocketTimeoutException("No answer within " + this.timeout);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while waiting for an answer", ex);
		}
		if (this.answering && this.failure != null) {
			throw this.failure;
		}
		return this.status;
	}

	private void read() {
		try (DataInputStream in = new DataInputStream(new BufferedInputStream(this.socket.getInputStream()))) {
			while (true) {
				process(Frame.read(in));
			}
		}
		catch (EOFException ex) {
			fail(new EOFException("The server closed the connection"));
		}
		catch (IOException | RuntimeException ex) {
			fail((ex instanceof IOException cause) ? cause : new IOException(ex));
		}
	}

	private synchronized void process(Frame frame) throws IOException {
		switch (frame.type()) {
			case Frame.HEADERS -> this.status = Hpack.status(frame.content());
			case Frame.DATA -> consumed(frame);
			case Frame.RST_STREAM -> reset(frame.payload().getInt());
			case Frame.SETTINGS -> acknowledge(frame);
			case Frame.PING -> acknowledge(frame);
			case Frame.GOAWAY -> goAway(frame.payload().getInt() & LAST_STREAM, frame.payload().getInt(4));
			default -> {
				// Of no importance for a GET.
			}
		}
		if (frame.endsStream() && frame.stream() == this.stream) {
			this.answering = false;
			notifyAll();
		}
		if (this.goAway && !this.answering) {
			close();
		}
	}

	/** Gives credit in large portions: servers take many small ones for an attack. */
	private void consumed(Frame frame) throws IOException {
		int length = frame.payload().remaining();
		this.consumedOfConnection += length;
		this.consumedOfStream += length;
		if (this.consumedOfConnection >= CREDIT) {
			credit(0, this.consumedOfConnection);
			this.consumedOfConnection = 0;
		}
		if (this.consumedOfStream >= CREDIT && !frame.endsStream()) {
			credit(frame.stream(), this.consumedOfStream);
			this.consumedOfStream = 0;
		}
	}

	private void credit(int stream, int increment) throws IOException {
		write(Frame.bytes(Frame.WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(increment).array()));
	}

	private void acknowledge(Frame frame) throws IOException {
		if ((frame.flags() & Frame.ACK) == 0) {
			byte[] payload = (frame.type() == Frame.PING) ? frame.payload().array() : new byte[0];
			write(Frame.bytes(frame.type(), Frame.ACK, 0, payload));
		}
	}

	private void reset(int code) {
		fail((code == REFUSED_STREAM) ? new NotProcessedException("The stream was refused")
				: new IOException("The stream was reset with code " + code));
	}

	private void goAway(int lastStream, int code) {
		this.goAway = true;
		if (this.answering && this.stream > lastStream) {
			fail(new NotProcessedException(
					"GOAWAY with code " + code + " after stream " + lastStream + ", this one is " + this.stream));
		}
	}

	private synchronized void fail(IOException cause) {
		if (this.failure == null) {
			this.failure = cause;
		}
		notifyAll();
	}

	private void write(byte[] bytes) throws IOException {
		OutputStream out = this.socket.getOutputStream();
		out.write(bytes);
		out.flush();
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			// It is not used any more.
			return;
		}
	}

}

package io.podlifecycle.rehearsal.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.podlifecycle.rehearsal.load.Failure.Kind;
import io.podlifecycle.rehearsal.time.Deadline;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http2.H2CorruptFrameException;
import org.apache.hc.core5.http2.H2Error;
import org.apache.hc.core5.http2.config.H2Param;
import org.apache.hc.core5.http2.config.H2Setting;
import org.apache.hc.core5.http2.frame.DefaultFrameFactory;
import org.apache.hc.core5.http2.frame.FrameFlag;
import org.apache.hc.core5.http2.frame.FrameType;
import org.apache.hc.core5.http2.frame.RawFrame;
import org.apache.hc.core5.http2.impl.io.FrameInputBuffer;
import org.apache.hc.core5.http2.impl.io.FrameOutputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection that carries one GET after another: as much of RFC 9113 as that
 * takes, and nothing behind the caller's back (see docs/adr/0010). All state is guarded
 * by this object.
 */
final class Http2Connection implements AutoCloseable {

	/** The answer of {@link #send()} once the server has said GOAWAY. */
	static final int LEFT = 0;

	private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	/** No table, so that each answer can be read by itself, and no pushes. */
	private static final RawFrame SETTINGS = DefaultFrameFactory.INSTANCE
		.createSettings(new H2Setting(H2Param.HEADER_TABLE_SIZE, 0), new H2Setting(H2Param.ENABLE_PUSH, 0));

	/** What HTTP/2 begins with; more has to be agreed upon. */
	private static final int MAX_FRAME = 1 << 14;

	/** A quarter of the windows, which are 64 KiB. */
	private static final int CREDIT = 1 << 14;

	private static final int LAST_STREAM = 0x7FFF_FFFF;

	private final Socket socket;

	private final ByteBuffer headers;

	private final Duration timeout;

	private final FrameOutputBuffer frames = new FrameOutputBuffer(MAX_FRAME);

	private int stream = -1;

	private boolean answering;

	private int status;

	private int consumedOfConnection;

	private int consumedOfStream;

	private boolean goAway;

	private @Nullable IOException failure;

	private Http2Connection(Socket socket, ByteBuffer headers, Duration timeout) {
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
			Http2Connection connection = new Http2Connection(socket, Http2Headers.get(target, Load.USER_AGENT),
					timeout);
			connection.start();
			return connection;
		}
		catch (IOException ex) {
			socket.close();
			throw ex;
		}
	}

	private synchronized void start() throws IOException {
		this.socket.getOutputStream().write(PREFACE);
		write(SETTINGS);
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
			write(DefaultFrameFactory.INSTANCE.createHeaders(this.stream, this.headers.duplicate(), true, true));
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
		try (InputStream in = this.socket.getInputStream()) {
			FrameInputBuffer input = new FrameInputBuffer(MAX_FRAME);
			while (true) {
				process(input.read(in));
			}
		}
		catch (ConnectionClosedException | H2CorruptFrameException ex) {
			fail(new EOFException("The server closed the connection"));
		}
		catch (IOException | RuntimeException ex) {
			fail((ex instanceof IOException cause) ? cause : new IOException(ex));
		}
	}

	private synchronized void process(RawFrame frame) throws IOException {
		FrameType type = FrameType.valueOf(frame.getType());
		if (type == null) {
			// An extension, to be ignored.
			return;
		}
		boolean endOfAnswer = false;
		switch (type) {
			case HEADERS -> {
				this.status = Http2Headers.status(frame);
				endOfAnswer = frame.isFlagSet(FrameFlag.END_STREAM);
			}
			case DATA -> {
				endOfAnswer = frame.isFlagSet(FrameFlag.END_STREAM);
				consumed(frame, endOfAnswer);
			}
			case RST_STREAM -> reset(frame.getPayload().getInt());
			case SETTINGS -> acknowledge(frame, DefaultFrameFactory.INSTANCE.createSettingsAck());
			case PING -> acknowledge(frame, DefaultFrameFactory.INSTANCE.createPingAck(frame.getPayload()));
			case GOAWAY -> goAway(frame.getPayload());
			default -> {
				// Of no importance for a GET.
			}
		}
		if (endOfAnswer && frame.getStreamId() == this.stream) {
			this.answering = false;
			notifyAll();
		}
		if (this.goAway && !this.answering) {
			close();
		}
	}

	/** Gives credit in large portions: servers take many small ones for an attack. */
	private void consumed(RawFrame frame, boolean last) throws IOException {
		this.consumedOfConnection += frame.getLength();
		this.consumedOfStream += frame.getLength();
		if (this.consumedOfConnection >= CREDIT) {
			credit(0, this.consumedOfConnection);
			this.consumedOfConnection = 0;
		}
		if (this.consumedOfStream >= CREDIT && !last) {
			credit(frame.getStreamId(), this.consumedOfStream);
			this.consumedOfStream = 0;
		}
	}

	private void credit(int stream, int increment) throws IOException {
		write(DefaultFrameFactory.INSTANCE.createWindowUpdate(stream, increment));
	}

	private void acknowledge(RawFrame frame, RawFrame acknowledgement) throws IOException {
		if (!frame.isFlagSet(FrameFlag.ACK)) {
			write(acknowledgement);
		}
	}

	private void reset(int code) {
		fail((code == H2Error.REFUSED_STREAM.getCode())
				? new FailureException(Kind.NOT_PROCESSED, "The stream was refused")
				: new IOException("The stream was reset with code " + code));
	}

	private void goAway(ByteBuffer payload) {
		int lastStream = payload.getInt() & LAST_STREAM;
		this.goAway = true;
		if (this.answering && this.stream > lastStream) {
			fail(new FailureException(Kind.NOT_PROCESSED, "GOAWAY with code " + payload.getInt() + " after stream "
					+ lastStream + ", this one is " + this.stream));
		}
	}

	private synchronized void fail(IOException cause) {
		if (this.failure == null) {
			this.failure = cause;
		}
		notifyAll();
	}

	private void write(RawFrame frame) throws IOException {
		OutputStream out = this.socket.getOutputStream();
		this.frames.write(frame, out);
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

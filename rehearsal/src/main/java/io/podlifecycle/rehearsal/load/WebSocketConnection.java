package io.podlifecycle.rehearsal.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

import io.podlifecycle.rehearsal.load.Failure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection over HTTP/1.1 that is listened to: as much of RFC 6455 as that
 * takes, and nothing behind the caller's back (see docs/adr/0010). Read by one thread;
 * {@link #leave()} may be called by any.
 */
final class WebSocketConnection implements AutoCloseable {

	private static final int CLOSE = 8;

	private static final int PING = 9;

	private static final int PONG = 10;

	private static final int FINAL = 0x80;

	private static final int MASKED = 0x80;

	private static final int NORMAL_CLOSURE = 1000;

	private static final int NO_STATUS = 1005;

	private static final int MAX_LENGTH = 1 << 20;

	private final URI target;

	private final Socket socket;

	private final DataInputStream in;

	private final OutputStream out;

	private int closeCode = NO_STATUS;

	private WebSocketConnection(URI target, Socket socket) throws IOException {
		this.target = target;
		this.socket = socket;
		this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
		this.out = socket.getOutputStream();
	}

	/**
	 * Open a connection.
	 * @param target an {@code http} or {@code https} URL
	 * @param timeout how long to wait for the connection, and for whatever the server
	 * sends next
	 * @return the connection; the caller closes it
	 * @throws IOException if there is none
	 */
	static WebSocketConnection open(URI target, Duration timeout) throws IOException {
		Socket socket = ClientSocket.open(target, timeout, "http/1.1");
		try {
			return new WebSocketConnection(target, socket);
		}
		catch (IOException ex) {
			socket.close();
			throw ex;
		}
	}

	/**
	 * Ask for the WebSocket.
	 * @param lastEvent the number of the last message of the connection before, or empty
	 * @throws IOException if the server does not switch protocols
	 */
	void shakeHands(String lastEvent) throws IOException {
		byte[] key = new byte[16];
		ThreadLocalRandom.current().nextBytes(key);
		String path = this.target.getRawPath().isEmpty() ? "/" : this.target.getRawPath();
		String query = (this.target.getRawQuery() != null) ? "?" + this.target.getRawQuery() : "";
		String request = "GET " + path + query + " HTTP/1.1\r\nHost: " + this.target.getRawAuthority()
				+ "\r\nUser-Agent: " + Load.USER_AGENT + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
				+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + Base64.getEncoder().encodeToString(key) + "\r\n"
				+ (lastEvent.isEmpty() ? "" : "Last-Event-ID: " + lastEvent + "\r\n") + "\r\n";
		write(request.getBytes(StandardCharsets.ISO_8859_1));
		String[] status = readLine().split(" ", 3);
		if (status.length < 2 || !status[1].equals("101")) {
			throw new FailureException(Kind.STATUS, (status.length < 2) ? "no status" : status[1]);
		}
		for (String header = readLine(); !header.isEmpty(); header = readLine()) {
			// Of no importance here.
		}
	}

	private String readLine() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (byte next = this.in.readByte(); next != '\n' && line.size() < MAX_LENGTH; next = this.in.readByte()) {
			if (next != '\r') {
				line.write(next);
			}
		}
		return line.toString(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Wait for a message. Pings are answered.
	 * @return the message, or {@code null} if the server has closed the session; it is
	 * told that this was seen
	 * @throws IOException if the connection ends without that, or nothing comes in time
	 */
	@Nullable String read() throws IOException {
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		while (true) {
			int head = this.in.readUnsignedByte();
			byte[] payload = readPayload();
			switch (head & 0x0F) {
				case CLOSE -> {
					this.closeCode = (payload.length < 2) ? NO_STATUS : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
					write(CLOSE, payload);
					return null;
				}
				case PING -> write(PONG, payload);
				case PONG -> {
					// Was not asked for.
				}
				default -> {
					message.writeBytes(payload);
					if ((head & FINAL) != 0) {
						return message.toString(StandardCharsets.UTF_8);
					}
				}
			}
		}
	}

	private byte[] readPayload() throws IOException {
		long length = this.in.readUnsignedByte();
		if (length == 126) {
			length = this.in.readUnsignedShort();
		}
		else if (length == 127) {
			length = this.in.readLong();
		}
		if (length < 0 || length > MAX_LENGTH) {
			throw new IOException("A frame of " + length + " bytes is too long");
		}
		byte[] payload = new byte[(int) length];
		this.in.readFully(payload);
		return payload;
	}

	/** What a client sends is masked. Only control frames are sent. */
	private void write(int type, byte[] payload) throws IOException {
		byte[] mask = new byte[4];
		ThreadLocalRandom.current().nextBytes(mask);
		ByteBuffer frame = ByteBuffer.allocate(6 + payload.length);
		frame.put((byte) (FINAL | type)).put((byte) (MASKED | payload.length)).put(mask);
		for (int i = 0; i < payload.length; i++) {
			frame.put((byte) (payload[i] ^ mask[i % 4]));
		}
		write(frame.array());
	}

	private synchronized void write(byte[] bytes) throws IOException {
		this.out.write(bytes);
		this.out.flush();
	}

	/**
	 * Return what the server gave as reason to close the session.
	 */
	int closeCode() {
		return this.closeCode;
	}

	/**
	 * Close the session from this side.
	 */
	void leave() {
		try {
			write(CLOSE, ByteBuffer.allocate(2).putShort((short) NORMAL_CLOSURE).array());
			close();
		}
		catch (IOException ex) {
			// It is closed already.
			return;
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}

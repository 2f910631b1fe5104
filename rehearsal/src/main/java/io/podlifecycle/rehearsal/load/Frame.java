package io.podlifecycle.rehearsal.load;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A frame of HTTP/2.
 *
 * @param type what it is
 * @param flags its flags, whose meaning depends on the type
 * @param stream the stream that it belongs to, 0 for the connection
 * @param payload all that follows the header
 */
record Frame(int type, int flags, int stream, ByteBuffer payload) {

	static final int HEADER = 9;

	static final int DATA = 0;

	static final int HEADERS = 1;

	static final int RST_STREAM = 3;

	static final int SETTINGS = 4;

	static final int PING = 6;

	static final int GOAWAY = 7;

	static final int WINDOW_UPDATE = 8;

	static final int END_STREAM = 0x1;

	static final int ACK = 0x1;

	static final int END_HEADERS = 0x4;

	private static final int PADDED = 0x8;

	private static final int PRIORITY = 0x20;

	private static final int PRIORITY_LENGTH = 5;

	static Frame read(DataInputStream in) throws IOException {
		byte[] header = new byte[HEADER];
		in.readFully(header);
		ByteBuffer buffer = ByteBuffer.wrap(header);
		int length = buffer.getInt() >>> 8;
		byte[] payload = new byte[length];
		in.readFully(payload);
		return new Frame(header[3], header[4] & 0xFF, buffer.getInt(5) & 0x7FFF_FFFF, ByteBuffer.wrap(payload));
	}

	static byte[] bytes(int type, int flags, int stream, byte[] payload) {
		return ByteBuffer.allocate(HEADER + payload.length)
			.putInt((payload.length << 8) | type)
			.put((byte) flags)
			.putInt(stream)
			.put(payload)
			.array();
	}

	boolean endsStream() {
		return (this.type == DATA || this.type == HEADERS) && (this.flags & END_STREAM) != 0;
	}

	/**
	 * Return what a HEADERS frame holds.
	 * @return the payload without what goes before the header block
	 */
	ByteBuffer content() {
		ByteBuffer content = this.payload.duplicate();
		if ((this.flags & PADDED) != 0) {
			content.get();
		}
		if ((this.flags & PRIORITY) != 0) {
			content.position(content.position() + PRIORITY_LENGTH);
		}
		return content;
	}

}

package io.podlifecycle.rehearsal.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * As much of HPACK (RFC 7541) as a GET and the status of its answer take.
 */
final class Hpack {

	/** The server's answer to a setting that allows no dynamic table. */
	private static final int NO_TABLE = 0x20;

	private static final int METHOD_GET = 0x82;

	private static final int SCHEME_HTTP = 0x86;

	private static final int SCHEME_HTTPS = 0x87;

	private static final int AUTHORITY = 1;

	private static final int PATH = 4;

	private static final int STATUS = 8;

	private static final int USER_AGENT = 58;

	/** What the static table has from {@link #STATUS} on. */
	private static final int[] STATUSES = { 200, 204, 206, 304, 400, 404, 500 };

	private Hpack() {
	}

	static byte[] get(URI target, String userAgent) {
		String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
		String query = (target.getRawQuery() != null) ? "?" + target.getRawQuery() : "";
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(METHOD_GET);
		out.write("https".equals(target.getScheme()) ? SCHEME_HTTPS : SCHEME_HTTP);
		literal(out, AUTHORITY, target.getRawAuthority());
		literal(out, PATH, path + query);
		literal(out, USER_AGENT, userAgent);
		return out.toByteArray();
	}

	private static void literal(ByteArrayOutputStream out, int name, String value) {
		byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
		integer(out, 4, name);
		integer(out, 7, bytes.length);
		out.writeBytes(bytes);
	}

	private static void integer(ByteArrayOutputStream out, int prefixBits, int value) {
		int most = (1 << prefixBits) - 1;
		if (value < most) {
			out.write(value);
			return;
		}
		out.write(most);
		int rest = value - most;
		for (; rest >= 0x80; rest >>>= 7) {
			out.write((rest & 0x7F) | 0x80);
		}
		out.write(rest);
	}

	/**
	 * Read the status, which is the first field of an answer.
	 * @param block the header block; its position is moved
	 * @return the status
	 * @throws IOException if something else comes first
	 */
	static int status(ByteBuffer block) throws IOException {
		int first = block.get() & 0xFF;
		while (first == NO_TABLE) {
			first = block.get() & 0xFF;
		}
		if ((first & 0x80) != 0) {
			int index = (first & 0x7F) - STATUS;
			if (index >= 0 && index < STATUSES.length) {
				return STATUSES[index];
			}
		}
		else if ((first & ((first & 0x40) != 0 ? 0x3F : 0x0F)) == STATUS) {
			return literalStatus(block);
		}
		throw new IOException("An answer has to begin with its status, but this one with " + first);
	}

	private static int literalStatus(ByteBuffer block) {
		int length = block.get() & 0xFF;
		boolean huffman = (length & 0x80) != 0;
		byte[] value = new byte[length & 0x7F];
		block.get(value);
		return huffman ? huffmanDigits(value) : Integer.parseInt(new String(value, StandardCharsets.US_ASCII));
	}

	/** In Huffman's code 0 to 2 are five bits, the other digits six. */
	private static int huffmanDigits(byte[] value) {
		long bits = 0;
		for (byte part : value) {
			bits = (bits << 8) | (part & 0xFF);
		}
		int left = value.length * 8;
		int number = 0;
		for (int digit = 0; digit < 3; digit++) {
			int five = (int) (bits >>> (left - 5)) & 0x1F;
			int width = (five < 3) ? 5 : 6;
			int code = (int) (bits >>> (left - width)) & ((1 << width) - 1);
			number = number * 10 + ((width == 5) ? code : code - 0x19 + 3);
			left -= width;
		}
		return number;
	}

}

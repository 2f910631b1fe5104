package io.podlifecycle.rehearsal.load;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http2.frame.FrameFlag;
import org.apache.hc.core5.http2.frame.RawFrame;
import org.apache.hc.core5.http2.hpack.HPackDecoder;
import org.apache.hc.core5.http2.hpack.HPackEncoder;
import org.apache.hc.core5.http2.hpack.HPackException;
import org.apache.hc.core5.util.ByteArrayBuffer;

/**
 * The header blocks of GET requests and their answers. Without a table of HPACK, so that
 * each of them stands for itself.
 */
final class Http2Headers {

	private static final int PRIORITY_LENGTH = 5;

	private Http2Headers() {
	}

	/**
	 * Write a request.
	 * @param target what to get
	 * @param userAgent who asks
	 * @return the header block
	 * @throws IOException if the URL cannot be encoded
	 */
	static ByteBuffer get(URI target, String userAgent) throws IOException {
		String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
		String query = (target.getRawQuery() != null) ? "?" + target.getRawQuery() : "";
		List<Header> headers = List.of(new BasicHeader(":method", "GET"),
				new BasicHeader(":scheme", target.getScheme()), new BasicHeader(":authority", target.getRawAuthority()),
				new BasicHeader(":path", path + query), new BasicHeader("user-agent", userAgent));
		ByteArrayBuffer block = new ByteArrayBuffer(128);
		new HPackEncoder(0, StandardCharsets.US_ASCII).encodeHeaders(block, headers, true);
		return ByteBuffer.wrap(block.toByteArray());
	}

	/**
	 * Read the status, which is the first field of an answer.
	 * @param frame the HEADERS frame
	 * @return the status
	 * @throws IOException if something else comes first
	 */
	static int status(RawFrame frame) throws IOException {
		ByteBuffer block = frame.getPayloadContent();
		if (frame.isFlagSet(FrameFlag.PRIORITY)) {
			block.position(block.position() + PRIORITY_LENGTH);
		}
		try {
			Header first = new HPackDecoder(0, StandardCharsets.US_ASCII).decodeHeader(block);
			if (first == null || !first.getName().equals(":status")) {
				throw new IOException("An answer has to begin with its status, but this one with " + first);
			}
			return Integer.parseInt(first.getValue());
		}
		catch (HPackException ex) {
			throw new IOException("The header of an answer cannot be read", ex);
		}
	}

}

package io.podlifecycle.dependency;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The head of an answer, and its body if asked for.
 */
final class HttpAnswer {

	/** What a check needs stands at the beginning. */
	private static final int LONGEST_BODY = 65_536;

	private static final int MOST_HEADERS = 1000;

	private final int status;

	private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

	private HttpAnswer(int status) {
		this.status = status;
	}

	/** Read the head; informational answers before the real one are skipped. */
	static HttpAnswer readHead(ProbeConnection connection) throws IOException {
		HttpAnswer answer = readOneHead(connection);
		while (answer.status < 200) {
			answer = readOneHead(connection);
		}
		return answer;
	}

	private static HttpAnswer readOneHead(ProbeConnection connection) throws IOException {
		String statusLine = connection.readLine();
		if (!statusLine.matches("HTTP/1\\.[01] [1-5]\\d\\d( .*)?")) {
			throw new ProtocolException("the answer is not HTTP");
		}
		HttpAnswer answer = new HttpAnswer(Integer.parseInt(statusLine.substring(9, 12)));
		for (String line = connection.readLine(); !line.isEmpty(); line = connection.readLine()) {
			String[] header = line.split(":", 2);
			if (header.length == 2) {
				answer.headers.put(header[0].strip(), header[1].strip());
			}
			if (answer.headers.size() > MOST_HEADERS) {
				throw new ProtocolException("the answer has too many headers");
			}
		}
		return answer;
	}

	int status() {
		return this.status;
	}

	String header(String name) {
		return this.headers.getOrDefault(name, "");
	}

	/** Read the body, or as much of it as a check may need. */
	String readBody(ProbeConnection connection) throws IOException {
		if (this.status == 204 || this.status == 304) {
			return "";
		}
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		if (header("Transfer-Encoding").toLowerCase(Locale.ROOT).endsWith("chunked")) {
			readChunks(connection, body);
		}
		else {
			String length = header("Content-Length");
			connection.readInto(body,
					length.matches("\\d{1,5}") ? Math.min(Integer.parseInt(length), LONGEST_BODY) : LONGEST_BODY);
		}
		return body.toString(StandardCharsets.UTF_8);
	}

	private static void readChunks(ProbeConnection connection, ByteArrayOutputStream body) throws IOException {
		for (int size = chunkSize(connection); size > 0; size = chunkSize(connection)) {
			int wanted = Math.min(size, LONGEST_BODY - body.size());
			connection.readInto(body, wanted);
			if (body.size() == LONGEST_BODY) {
				return;
			}
			connection.readLine();
		}
	}

	private static int chunkSize(ProbeConnection connection) throws IOException {
		String size = connection.readLine().split(";", 2)[0].strip();
		if (!size.matches("[0-9A-Fa-f]{1,7}")) {
			throw new ProtocolException("the answer has a chunk without a size");
		}
		return Integer.parseInt(size, 16);
	}

}

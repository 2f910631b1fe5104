package io.podlifecycle.dependency;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;

import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Ticker;

/**
 * {@code http://} and {@code https://}: a GET is answered with a status from 200 to 399.
 * Redirects are not followed. User info in the URI becomes basic authentication.
 * <p>
 * On a plain socket, since the JDK's clients do more than one try may do: both keep the
 * connection for later, and one repeats a request that got no answer (docs/adr/0004).
 */
final class HttpProbeFactory implements ProbeFactory {

	@Override
	public Set<String> schemes() {
		return Set.of("http", "https");
	}

	@Override
	public Probe create(URI uri) {
		boolean secure = "https".equalsIgnoreCase(uri.getScheme());
		int port = (uri.getPort() > 0) ? uri.getPort() : (secure ? 443 : 80);
		String request = request(uri);
		return (timeLimit) -> get(uri.getHost(), port, secure, request, timeLimit);
	}

	private static String request(URI uri) {
		String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
		String query = (uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "";
		String host = (uri.getPort() > 0) ? uri.getHost() + ":" + uri.getPort() : uri.getHost();
		String userInfo = uri.getUserInfo();
		String authorization = (userInfo != null) ? "Authorization: Basic "
				+ Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8)) + "\r\n" : "";
		return "GET " + path + query + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: pod-lifecycle\r\nAccept: */*\r\n"
				+ authorization + "Connection: close\r\n\r\n";
	}

	private static ProbeResult get(String host, int port, boolean secure, String request, Duration timeLimit)
			throws Exception {
		Deadline deadline = Deadline.after(timeLimit, Ticker.system());
		try (ProbeConnection connection = secure ? ProbeConnection.openSecure(host, port, deadline)
				: ProbeConnection.open(host, port, deadline)) {
			connection.write(request);
			String statusLine = connection.readLine();
			while (!connection.readLine().isEmpty()) {
				// The headers; a connection closed with something unread would be reset.
			}
			return judge(statusLine);
		}
	}

	private static ProbeResult judge(String statusLine) {
		if (!statusLine.matches("HTTP/1\\.[01] [1-5]\\d\\d( .*)?")) {
			return ProbeResult.notYet("the answer is not HTTP");
		}
		int status = Integer.parseInt(statusLine.substring(9, 12));
		return (status >= 200 && status < 400) ? ProbeResult.answered() : ProbeResult.notYet("status " + status);
	}

}

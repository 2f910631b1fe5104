package io.podlifecycle.dependency;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * A request without a body, to be sent on a connection of its own. Immutable.
 */
final class HttpRequest {

	static final String HEADER_PREFIX = "headers.";

	private final URI uri;

	private final String method;

	private final Map<String, String> headers;

	private final @Nullable TlsSettings tls;

	private HttpRequest(URI uri, String method, Map<String, String> headers, @Nullable TlsSettings tls) {
		this.uri = uri;
		this.method = method;
		this.headers = headers;
		this.tls = tls;
	}

	static HttpRequest of(ProbeRequest request) {
		URI uri = request.target().serverUri();
		String method = request.options().getOrDefault("method", "GET");
		require(method.matches("[A-Z]+"), "its method is not a word in capitals");
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		String userInfo = userInfo(uri, request.credentials());
		if (userInfo != null) {
			headers.put("Authorization",
					"Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8)));
		}
		request.options().forEach((name, value) -> {
			if (name.startsWith(HEADER_PREFIX)) {
				String header = name.substring(HEADER_PREFIX.length());
				require(header.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+"), "it has a header whose name is none");
				require(!value.matches("(?s).*[\\r\\n\\x00].*"), "its header '" + header + "' has a line break");
				headers.put(header, value);
			}
		});
		return new HttpRequest(uri, method, headers, request.tls());
	}

	private static @Nullable String userInfo(URI uri, Credentials credentials) {
		if (credentials.username() == null && credentials.password() == null) {
			return uri.getUserInfo();
		}
		return (credentials.username() != null ? credentials.username() : "") + ":"
				+ (credentials.password() != null ? credentials.password() : "");
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

	/**
	 * The request that follows a redirect. What the user has set for one server is for no
	 * other: it may be a secret.
	 */
	HttpRequest redirectedTo(String location) {
		URI target = this.uri.resolve(location);
		require(target.getHost() != null && ("http".equals(target.getScheme()) || "https".equals(target.getScheme())),
				"it redirects to what is not http");
		boolean sameServer = target.getHost().equalsIgnoreCase(this.uri.getHost())
				&& target.getScheme().equals(this.uri.getScheme()) && target.getPort() == this.uri.getPort();
		return new HttpRequest(target, this.method, sameServer ? this.headers : Map.of(), this.tls);
	}

	String host() {
		return this.uri.getHost();
	}

	int port() {
		return (this.uri.getPort() > 0) ? this.uri.getPort() : (isSecure() ? 443 : 80);
	}

	boolean isSecure() {
		return "https".equalsIgnoreCase(this.uri.getScheme());
	}

	boolean isHead() {
		return this.method.equals("HEAD");
	}

	@Nullable TlsSettings tls() {
		return this.tls;
	}

	/** The request as it goes over the wire. */
	String text() {
		String path = this.uri.getRawPath().isEmpty() ? "/" : this.uri.getRawPath();
		String query = (this.uri.getRawQuery() != null) ? "?" + this.uri.getRawQuery() : "";
		Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		all.put("Host", (this.uri.getPort() > 0) ? host() + ":" + this.uri.getPort() : host());
		all.put("User-Agent", "pod-lifecycle");
		all.put("Accept", "*/*");
		all.putAll(this.headers);
		all.put("Connection", "close");
		StringBuilder text = new StringBuilder(this.method + " " + path + query + " HTTP/1.1\r\n");
		all.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
		return text.append("\r\n").toString();
	}

}

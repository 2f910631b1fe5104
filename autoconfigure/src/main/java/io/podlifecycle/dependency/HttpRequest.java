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

	private final Endpoint endpoint;

	private final String method;

	private final Map<String, String> headers;

	private final @Nullable TlsSettings tls;

	private HttpRequest(URI uri, String method, Map<String, String> headers, @Nullable TlsSettings tls) {
		this.uri = uri;
		this.endpoint = Endpoint.of(uri, isSecure() ? 443 : 80);
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
			String userInfo = Endpoint.rawUserInfo(uri);
			return (userInfo != null) ? Endpoint.decode(userInfo) : null;
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
		require("http".equals(target.getScheme()) || "https".equals(target.getScheme()),
				"it redirects to what is not http");
		HttpRequest next = new HttpRequest(target, this.method, Map.of(), this.tls);
		boolean sameServer = next.scheme().equals(scheme()) && next.hostHeader().equalsIgnoreCase(hostHeader());
		return sameServer ? new HttpRequest(target, this.method, this.headers, this.tls) : next;
	}

	Endpoint endpoint() {
		return this.endpoint;
	}

	String scheme() {
		return isSecure() ? "https" : "http";
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

	private String hostHeader() {
		String authority = String.valueOf(this.uri.getRawAuthority());
		return authority.substring(authority.lastIndexOf('@') + 1);
	}

	/**
	 * The request as it goes over the wire.
	 * @param whole whether it names the server, as a proxy needs it
	 */
	String text(boolean whole) {
		String path = this.uri.getRawPath().isEmpty() ? "/" : this.uri.getRawPath();
		String query = (this.uri.getRawQuery() != null) ? "?" + this.uri.getRawQuery() : "";
		Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		all.put("Host", hostHeader());
		all.put("User-Agent", "pod-lifecycle");
		all.put("Accept", "*/*");
		all.putAll(this.headers);
		all.put("Connection", "close");
		StringBuilder text = new StringBuilder(
				this.method + " " + (whole ? scheme() + "://" + hostHeader() : "") + path + query + " HTTP/1.1\r\n");
		all.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
		return text.append("\r\n").toString();
	}

}

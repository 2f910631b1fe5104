package io.podlifecycle.warmup;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;

/**
 * A request of a warm-up. Immutable.
 *
 * @param method the HTTP method
 * @param path the path with its query, starting with a slash
 * @param headers the headers
 * @param body the body, which may be empty
 * @since 0.1.0
 */
record WarmUpRequest(String method, String path, Map<String, String> headers, String body) {

	WarmUpRequest {
		headers = Map.copyOf(headers);
	}

	/**
	 * Create a GET without headers of its own.
	 * @param path the path with its query
	 * @return the request
	 */
	static WarmUpRequest get(String path) {
		return new WarmUpRequest("GET", path, Map.of(), "");
	}

	/**
	 * Make the request that is sent.
	 * @param server the server, without a path
	 * @param timeout how long an answer may take
	 * @return the request
	 * @throws IllegalArgumentException if the JDK's client cannot send it
	 */
	HttpRequest to(URI server, Duration timeout) {
		HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(this.path))
			.method(this.method,
					this.body.isEmpty() ? HttpRequest.BodyPublishers.noBody()
							: HttpRequest.BodyPublishers.ofString(this.body))
			.timeout(timeout);
		this.headers.forEach(request::header);
		return request.setHeader("User-Agent", WarmUp.USER_AGENT).build();
	}

}

package io.podlifecycle.web.reactive;

import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * The request of the server.
 */
final class NativeRequest {

	private NativeRequest() {
	}

	/** There is none in tests without a server. */
	static @Nullable Object of(ServerHttpRequest request) {
		try {
			return (request instanceof AbstractServerHttpRequest || request instanceof ServerHttpRequestDecorator)
					? ServerHttpRequestDecorator.getNativeRequest(request) : null;
		}
		catch (IllegalStateException ex) {
			return null;
		}
	}

}

package io.podlifecycle.web.reactive;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * {@link KeepAliveDisabler} of a reactive application on a servlet container:
 * {@code Connection:
 * close}.
 *
 * @since 0.1.0
 */
final class ServletKeepAliveDisabler implements KeepAliveDisabler {

	@Override
	public void disableKeepAlive(ServerHttpRequest request, ServerHttpResponse response) {
		if (isNative(request) && nativeRequest(request) instanceof HttpServletRequest servletRequest
				&& servletRequest.getProtocol().startsWith("HTTP/1.")) {
			response.getHeaders().set(HttpHeaders.CONNECTION, "close");
		}
	}

	private static boolean isNative(ServerHttpRequest request) {
		return request instanceof AbstractServerHttpRequest || request instanceof ServerHttpRequestDecorator;
	}

	private static Object nativeRequest(ServerHttpRequest request) {
		return ServerHttpRequestDecorator.getNativeRequest(request);
	}

}

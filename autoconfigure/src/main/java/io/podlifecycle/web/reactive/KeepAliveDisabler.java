package io.podlifecycle.web.reactive;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * Asks the client of a reactive application on a servlet container to close its HTTP/1.1
 * connection, except in an answer that comes before its request has arrived completely.
 */
final class KeepAliveDisabler {

	void disableKeepAlive(ServerHttpRequest request, ServerHttpResponse response) {
		if (isNative(request) && nativeRequest(request) instanceof HttpServletRequest servletRequest
				&& servletRequest.getProtocol().startsWith("HTTP/1.")) {
			if (hasArrived(servletRequest)) {
				response.getHeaders().set(HttpHeaders.CONNECTION, "close");
			}
			else if (ServerHttpResponseDecorator.getNativeResponse(response) instanceof HttpServletResponse plain) {
				// Tomcat would not read on before it closes, and the client would be
				// reset.
				plain.setHeader(HttpHeaders.CONNECTION, null);
			}
		}
	}

	private static boolean hasArrived(HttpServletRequest request) {
		if (request.getContentLengthLong() <= 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null) {
			return true;
		}
		try {
			return request.getInputStream().isFinished();
		}
		catch (IOException ex) {
			return true;
		}
	}

	private static boolean isNative(ServerHttpRequest request) {
		return request instanceof AbstractServerHttpRequest || request instanceof ServerHttpRequestDecorator;
	}

	private static Object nativeRequest(ServerHttpRequest request) {
		return ServerHttpRequestDecorator.getNativeRequest(request);
	}

}

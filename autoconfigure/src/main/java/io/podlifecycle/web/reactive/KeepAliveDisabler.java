package io.podlifecycle.web.reactive;

import io.podlifecycle.Internal;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Tells the client of one exchange to leave, in the way that its server understands.
 *
 * @since 0.1.0
 */
@Internal
@FunctionalInterface
interface KeepAliveDisabler {

	/**
	 * Tell the client with its answer not to use its connection again. Does nothing if
	 * this is not an exchange of the server that it is for, or if HTTP/2 is spoken, which
	 * has other words.
	 * @param request the request
	 * @param response the response, which is not committed
	 */
	void disableKeepAlive(ServerHttpRequest request, ServerHttpResponse response);

}

package io.podlifecycle.web.netty;

import io.netty.handler.codec.http2.Http2StreamChannel;
import io.podlifecycle.web.reactive.KeepAliveDisabler;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * {@link KeepAliveDisabler} for Reactor Netty, which strips a {@code Connection} header
 * that it has not set itself.
 *
 * @since 0.1.0
 */
final class NettyKeepAliveDisabler implements KeepAliveDisabler {

	@Override
	public void disableKeepAlive(ServerHttpRequest request, ServerHttpResponse response) {
		boolean known = response instanceof AbstractServerHttpResponse
				|| response instanceof ServerHttpResponseDecorator;
		if (known && ServerHttpResponseDecorator
			.<Object>getNativeResponse(response) instanceof HttpServerResponse netty) {
			netty.withConnection((connection) -> {
				if (!(connection.channel() instanceof Http2StreamChannel)) {
					netty.keepAlive(false);
				}
			});
		}
	}

}

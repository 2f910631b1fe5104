package io.podlifecycle.web.netty;

import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.podlifecycle.web.reactive.ExchangeConnections;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * The connections of Reactor Netty; with HTTP/2, their streams.
 *
 * @since 0.1.0
 */
public final class NettyExchangeConnections implements ExchangeConnections {

	@Override
	public @Nullable Runnable aborting(ServerHttpRequest request) {
		boolean known = request instanceof AbstractServerHttpRequest || request instanceof ServerHttpRequestDecorator;
		if (known && ServerHttpRequestDecorator.<Object>getNativeRequest(request) instanceof HttpServerRequest netty) {
			AtomicReference<@Nullable Channel> channel = new AtomicReference<>();
			netty.withConnection((connection) -> channel.set(connection.channel()));
			return () -> close(channel.get());
		}
		return null;
	}

	/** A close that waited for what is to be sent would wait for the client. */
	private static void close(@Nullable Channel channel) {
		if (channel != null) {
			ChannelFuture unused = channel.close();
		}
	}

}

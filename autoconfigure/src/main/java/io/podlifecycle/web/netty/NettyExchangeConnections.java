package io.podlifecycle.web.netty;

import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.podlifecycle.web.reactive.ExchangeConnections;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/**
 * The connections of Reactor Netty; with HTTP/2, their streams.
 *
 * @since 0.1.0
 */
final class NettyExchangeConnections implements ExchangeConnections {

	@Override
	public @Nullable Runnable aborting(Object request) {
		if (request instanceof HttpServerRequest netty) {
			AtomicReference<@Nullable Channel> channel = new AtomicReference<>();
			netty.withConnection((connection) -> channel.set(connection.channel()));
			return () -> close(channel.get());
		}
		return null;
	}

	/** Closes at once: to flush before would be to wait for the client. */
	private static void close(@Nullable Channel channel) {
		if (channel != null) {
			ChannelFuture unused = channel.close();
		}
	}

}

package io.podlifecycle.web.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import reactor.netty.NettyPipeline;

/**
 * Asks the client of an HTTP/1.x connection with each answer to close it, whoever gives
 * the answer. Reactor Netty closes the connection after an answer that says so.
 */
final class ConnectionCloseHandler extends ChannelOutboundHandlerAdapter {

	private static final String NAME = ConnectionCloseHandler.class.getName();

	/**
	 * Add it to a connection, unless that is none of HTTP/1.x, or not yet. To be called
	 * by the event loop of the connection.
	 */
	static void addTo(Channel channel) {
		ChannelPipeline pipeline = channel.pipeline();
		if (pipeline.get(NettyPipeline.HttpTrafficHandler) != null && pipeline.get(NAME) == null) {
			pipeline.addAfter(NettyPipeline.HttpTrafficHandler, NAME, new ConnectionCloseHandler());
		}
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof HttpResponse response
				&& response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
			HttpUtil.setKeepAlive(response, false);
		}
		ChannelFuture unused = context.write(message, promise);
	}

}

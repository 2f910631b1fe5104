package io.podlifecycle.web.netty;

import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Asks the client of an HTTP/1.x connection with each answer to close it, whoever gives
 * the answer. Reactor Netty closes the connection after an answer that says so; where the
 * request has not arrived completely, what is left of it is read and discarded before: a
 * client that still sends would be reset, and lose the answer (RFC 9112, section 9.6).
 */
final class ConnectionCloseHandler extends ChannelDuplexHandler {

	private static final String NAME = ConnectionCloseHandler.class.getName();

	private static final long MOST_DISCARD_SECONDS = 30;

	/** Whether more of the request is to come. */
	private boolean receiving;

	private boolean answered;

	private @Nullable ChannelPromise closed;

	private ConnectionCloseHandler(boolean receiving) {
		this.receiving = receiving;
	}

	/**
	 * Add it to a connection, unless that is none of HTTP/1.x, or not yet. To be called
	 * by the event loop of the connection.
	 */
	static void addTo(Channel channel) {
		ChannelPipeline pipeline = channel.pipeline();
		if (pipeline.get(NettyPipeline.HttpTrafficHandler) != null && pipeline.get(NAME) == null) {
			// How much of a request has arrived before is not known.
			boolean receiving = ChannelOperations.get(channel) instanceof HttpServerRequest request
					&& (request.requestHeaders().contains("Transfer-Encoding")
							|| request.requestHeaders().getInt("Content-Length", 0) > 0);
			pipeline.addAfter(NettyPipeline.HttpTrafficHandler, NAME, new ConnectionCloseHandler(receiving));
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		this.receiving |= message instanceof HttpRequest;
		this.receiving &= !(message instanceof LastHttpContent);
		if (this.closed == null) {
			context.fireChannelRead(message);
			return;
		}
		ReferenceCountUtil.release(message);
		if (!this.receiving) {
			closeNow(context, this.closed);
		}
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (this.closed != null) {
			// What is left of the request is malformed, and that is answered.
			ReferenceCountUtil.release(message);
			promise.trySuccess();
			return;
		}
		boolean informational = message instanceof HttpResponse head
				&& head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
		if (!informational) {
			this.answered |= message instanceof LastHttpContent;
			if (message instanceof HttpResponse response) {
				HttpUtil.setKeepAlive(response, false);
			}
		}
		ChannelFuture unused = context.write(message, promise);
	}

	/** The second close, that of the server, does not wait. */
	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) {
		if (this.receiving && this.answered && this.closed == null) {
			this.closed = promise;
			context.channel().config().setAutoRead(true);
			Future<?> unused = context.executor()
				.schedule(() -> closeNow(context, promise), MOST_DISCARD_SECONDS, TimeUnit.SECONDS);
		}
		else {
			closeNow(context, promise);
		}
	}

	private static void closeNow(ChannelHandlerContext context, ChannelPromise promise) {
		ChannelFuture unused = context.close(promise);
	}

}

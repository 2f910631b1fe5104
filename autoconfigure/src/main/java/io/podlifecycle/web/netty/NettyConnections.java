package io.podlifecycle.web.netty;

import java.net.SocketAddress;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.podlifecycle.shutdown.Connections;
import io.podlifecycle.shutdown.Participant;
import io.podlifecycle.work.PeerAddress;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * The connections of an application's Reactor Netty.
 *
 * @since 0.1.0
 */
final class NettyConnections
		implements Connections, Participant, WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

	private static final AttributeKey<Integer> TIMES_ASKED = AttributeKey.valueOf(NettyConnections.class, "timesAsked");

	private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	private final BooleanSupplier quiescing;

	/**
	 * Create a view on the connections.
	 * @param quiescing whether clients are to close them; asked for every request
	 */
	NettyConnections(BooleanSupplier quiescing) {
		this.quiescing = quiescing;
	}

	@Override
	public void customize(NettyReactiveWebServerFactory factory) {
		factory.addServerCustomizers((server) -> server.doOnChannelInit(this::opened).doOnConnection(this::requested));
	}

	@Override
	public String name() {
		return "Reactor Netty";
	}

	@Override
	public void quiesce() {
		this.channels.forEach((channel) -> channel.eventLoop().execute(() -> ConnectionCloseHandler.addTo(channel)));
	}

	/** Called for each request, when it is known which protocol is spoken. */
	private void requested(Connection connection) {
		if (this.quiescing.getAsBoolean()) {
			ConnectionCloseHandler.addTo(connection.channel());
		}
	}

	private void opened(ConnectionObserver observer, Channel channel, @Nullable SocketAddress remoteAddress) {
		this.channels.add(channel);
	}

	@Override
	public long open() {
		return this.channels.size();
	}

	@Override
	public Stream<Object> peers() {
		return this.channels.stream().map((channel) -> PeerAddress.of(channel.remoteAddress()));
	}

	@Override
	public void requestClose() {
		this.channels.stream()
			.filter((channel) -> channel.pipeline().get(Http2FrameCodec.class) != null)
			.forEach(NettyConnections::sendGoAway);
	}

	/**
	 * First GOAWAY without a limit, which asks the client to send no more; when that has
	 * had time to arrive the one with the limit, and the connection closes when nothing
	 * is in flight.
	 */
	private static void sendGoAway(Channel channel) {
		Integer before = channel.attr(TIMES_ASKED).get();
		int times = (before != null) ? before : 0;
		channel.attr(TIMES_ASKED).set(times + 1);
		DefaultHttp2GoAwayFrame goAway = new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR);
		if (times == 0) {
			// Whether it went out is seen by the client's leaving, or not at all.
			ChannelFuture unused = channel.writeAndFlush(goAway.setExtraStreamIds(Integer.MAX_VALUE));
		}
		else if (times == 1) {
			ChannelFuture unused = channel.writeAndFlush(goAway).addListener(ChannelFutureListener.CLOSE);
		}
	}

}

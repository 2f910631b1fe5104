package io.podlifecycle.web.jetty;

import java.util.List;
import java.util.concurrent.Future;

import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Sends GOAWAY on HTTP/2 connections: first the one that asks the client to send no more,
 * and when that has had time to arrive, and only then, Jetty's own shutdown of the
 * session, which refuses what is still sent and closes when nothing is in flight.
 *
 * @since 0.1.0
 */
final class Http2GoAwaySender implements GoAwaySender {

	private static final String ASKED = Http2GoAwaySender.class.getName();

	@Override
	public void sendGoAway(@Nullable Connection connection) {
		if (connection instanceof HTTP2Connection http2 && connection instanceof ConnectionMetaData metaData) {
			HTTP2Session session = http2.getSession();
			if (metaData.setAttribute(ASKED, true) == null) {
				session.frames(null, List.of(GoAwayFrame.GRACEFUL), Callback.NOOP);
			}
			else {
				Future<?> unused = session.shutdown();
			}
		}
	}

}

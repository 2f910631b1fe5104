package io.podlifecycle.web.websocket;

import io.podlifecycle.stream.StreamEnd;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/**
 * Ends a session of Jetty. Spring's close of it waits, without limit, until the client
 * has taken what is sent.
 */
final class JettySessionEnd implements StreamEnd {

	private final Session session;

	private final Runnable closed;

	private JettySessionEnd(Session session, Runnable closed) {
		this.session = session;
		this.closed = closed;
	}

	/**
	 * Return the end of a session.
	 * @param closed is called when it is closed
	 * @return the end, or {@code null} if it is not a session of Jetty
	 */
	static @Nullable StreamEnd of(WebSocketSession session, Runnable closed) {
		Session jetty = (session instanceof NativeWebSocketSession nativeSession)
				? nativeSession.getNativeSession(Session.class) : null;
		return (jetty != null) ? new JettySessionEnd(jetty, closed) : null;
	}

	@Override
	public boolean attempt() {
		this.session.close(CloseStatus.GOING_AWAY.getCode(), null,
				Callback.from(this.closed, (failure) -> this.closed.run()));
		return true;
	}

	@Override
	public void abort() {
		this.session.disconnect();
	}

}

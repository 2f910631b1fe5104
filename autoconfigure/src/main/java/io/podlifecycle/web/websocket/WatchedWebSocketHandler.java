package io.podlifecycle.web.websocket;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.podlifecycle.stream.OpenStream;
import io.podlifecycle.stream.StreamEnd;
import io.podlifecycle.stream.Streams;
import io.podlifecycle.web.WebSocketCloseTimeout;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.ClassUtils;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;

/**
 * Registers each session while it is open.
 */
final class WatchedWebSocketHandler extends WebSocketHandlerDecorator {

	private static final Log logger = LogFactory.getLog(WatchedWebSocketHandler.class);

	private static final boolean JETTY_PRESENT = ClassUtils.isPresent("org.eclipse.jetty.websocket.api.Session",
			WatchedWebSocketHandler.class.getClassLoader());

	private final Streams streams;

	private final Map<String, OpenStream> open = new ConcurrentHashMap<>();

	private final Set<String> ending = ConcurrentHashMap.newKeySet();

	WatchedWebSocketHandler(WebSocketHandler delegate, Streams streams) {
		super(delegate);
		this.streams = streams;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) throws Exception {
		WebSocketCloseTimeout.extend(
				(session instanceof NativeWebSocketSession nativeSession) ? nativeSession.getNativeSession() : null);
		StreamEnd end = JETTY_PRESENT ? JettySessionEnd.of(session, () -> closed(session)) : null;
		this.open.put(session.getId(), this.streams.open(describe(session), (end != null) ? end : new End(session)));
		if (!session.isOpen()) {
			// It was closed before it was noted, by a drain that goes on.
			closed(session);
		}
		super.afterConnectionEstablished(session);
	}

	/**
	 * Tomcat waits {@link WebSocketCloseTimeout for some time} for a client that does not
	 * read, then it closes the connection.
	 */
	@Override
	public void handleTransportError(WebSocketSession session, Throwable exception) throws Exception {
		OpenStream stream = this.open.get(session.getId());
		if (stream != null && this.ending.contains(session.getId())
				&& NestedExceptionUtils.getMostSpecificCause(exception) instanceof SocketTimeoutException) {
			stream.abort();
		}
		super.handleTransportError(session, exception);
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus closeStatus) throws Exception {
		if (!this.ending.contains(session.getId())) {
			closed(session);
		}
		super.afterConnectionClosed(session, closeStatus);
	}

	/** A client that does not answer the close is not waited for. */
	private void end(WebSocketSession session) {
		this.ending.add(session.getId());
		try {
			session.close(CloseStatus.GOING_AWAY);
		}
		catch (IOException ex) {
			logger.debug("Session " + session.getId() + " was closed before it was closed", ex);
		}
		closed(session);
	}

	private void closed(WebSocketSession session) {
		this.ending.remove(session.getId());
		OpenStream stream = this.open.remove(session.getId());
		if (stream != null) {
			stream.close();
		}
	}

	private static String describe(WebSocketSession session) {
		URI uri = session.getUri();
		return "WebSocket " + ((uri != null) ? uri.getPath() : "(no URI)");
	}

	private final class End implements StreamEnd {

		private final WebSocketSession session;

		End(WebSocketSession session) {
			this.session = session;
		}

		@Override
		public boolean attempt() {
			end(this.session);
			return true;
		}

		@Override
		public void abort() {
			// The server has, or will when it stops.
		}

	}

}

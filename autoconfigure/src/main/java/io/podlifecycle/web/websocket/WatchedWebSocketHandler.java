package io.podlifecycle.web.websocket;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.podlifecycle.drain.OpenStream;
import io.podlifecycle.drain.Streams;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;

/**
 * Registers each session while it is open.
 */
final class WatchedWebSocketHandler extends WebSocketHandlerDecorator {

	private static final Log logger = LogFactory.getLog(WatchedWebSocketHandler.class);

	private final Streams streams;

	private final Map<String, OpenStream> open = new ConcurrentHashMap<>();

	WatchedWebSocketHandler(WebSocketHandler delegate, Streams streams) {
		super(delegate);
		this.streams = streams;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) throws Exception {
		this.open.put(session.getId(), this.streams.open(describe(session), () -> end(session)));
		if (!session.isOpen()) {
			// It was closed before it was noted, by a drain that goes on.
			closed(session);
		}
		super.afterConnectionEstablished(session);
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus closeStatus) throws Exception {
		closed(session);
		super.afterConnectionClosed(session, closeStatus);
	}

	/** A client that does not answer the close is not waited for. */
	private void end(WebSocketSession session) {
		try {
			session.close(CloseStatus.GOING_AWAY);
		}
		catch (IOException ex) {
			logger.debug("Session " + session.getId() + " was gone before it was closed", ex);
		}
		closed(session);
	}

	private void closed(WebSocketSession session) {
		OpenStream stream = this.open.remove(session.getId());
		if (stream != null) {
			stream.close();
		}
	}

	private static String describe(WebSocketSession session) {
		URI uri = session.getUri();
		return "WebSocket " + ((uri != null) ? uri.getPath() : "(no URI)");
	}

}

package io.podlifecycle.web.reactive;

import java.io.EOFException;
import java.lang.reflect.Method;
import java.util.List;

import io.podlifecycle.stream.OpenStream;
import io.podlifecycle.stream.StreamEnd;
import io.podlifecycle.stream.Streams;
import io.podlifecycle.web.WebSocketCloseTimeout;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.util.ReflectionUtils;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.adapter.AbstractListenerWebSocketSession;
import org.springframework.web.reactive.socket.adapter.AbstractWebSocketSession;
import org.springframework.web.server.ServerWebExchange;

/**
 * Registers each session while it is open.
 */
final class WatchedReactiveHandler implements WebSocketHandler {

	private static final @Nullable Method NATIVE_SESSION = ReflectionUtils.findMethod(AbstractWebSocketSession.class,
			"getDelegate");

	static {
		if (NATIVE_SESSION != null) {
			ReflectionUtils.makeAccessible(NATIVE_SESSION);
		}
	}

	private final WebSocketHandler delegate;

	private final String name;

	private final Streams streams;

	private final Runnable connectionAbort;

	private WatchedReactiveHandler(WebSocketHandler delegate, String name, Streams streams, Runnable connectionAbort) {
		this.delegate = delegate;
		this.name = name;
		this.streams = streams;
		this.connectionAbort = connectionAbort;
	}

	static WebSocketHandler of(WebSocketHandler handler, ServerWebExchange exchange, Streams streams,
			ConnectionAborts connections) {
		return (handler instanceof WatchedReactiveHandler) ? handler
				: new WatchedReactiveHandler(handler,
						"WebSocket " + exchange.getRequest().getPath().pathWithinApplication(), streams,
						connections.aborting(exchange.getRequest()));
	}

	@Override
	public List<String> getSubProtocols() {
		return this.delegate.getSubProtocols();
	}

	@Override
	public Mono<Void> handle(WebSocketSession session) {
		extendCloseTimeout(session);
		End end = new End(session);
		OpenStream stream = this.streams.open(this.name, end);
		// Whichever is first: a handler may go on with what is not sent any more.
		session.closeStatus()
			.onErrorComplete()
			.doOnSuccess((status) -> closed(stream, end, status))
			.doOnCancel(stream::close)
			.subscribe();
		end.sent.asMono().doOnSuccess((sent) -> stream.close()).subscribe();
		return this.delegate.handle(session)
			.takeUntilOther(end.aborted.asMono())
			.doFinally((signal) -> handled(stream, end));
	}

	/**
	 * In a servlet container a handler fails, too, as soon as its session is closing. Its
	 * close tells then whether the client has read that.
	 */
	private static void handled(OpenStream stream, End end) {
		if (!end.attempted || !end.inServletContainer) {
			stream.close();
		}
	}

	private static void extendCloseTimeout(WebSocketSession session) {
		if (NATIVE_SESSION != null && session instanceof AbstractWebSocketSession) {
			WebSocketCloseTimeout.extend(ReflectionUtils.invokeMethod(NATIVE_SESSION, session));
		}
	}

	/**
	 * A servlet container that cannot send the close frame in time closes the connection:
	 * there is no status then. Reactor Netty has a status before the frame is sent.
	 */
	private static void closed(OpenStream stream, End end, @Nullable CloseStatus status) {
		if (!end.attempted || (end.inServletContainer && status != null)) {
			stream.close();
		}
		else if (end.inServletContainer) {
			stream.abort();
		}
	}

	/** The close frame is queued behind what is being sent, and does not block. */
	private final class End implements StreamEnd {

		private final WebSocketSession session;

		private final Sinks.One<Void> aborted = Sinks.one();

		private final Sinks.Empty<Void> sent = Sinks.empty();

		private final boolean inServletContainer;

		private volatile boolean attempted;

		End(WebSocketSession session) {
			this.session = session;
			this.inServletContainer = session instanceof AbstractListenerWebSocketSession;
		}

		@Override
		public boolean attempt() {
			this.attempted = true;
			this.session.close(CloseStatus.GOING_AWAY).onErrorComplete().doOnSuccess((nothing) -> sent()).subscribe();
			return true;
		}

		private void sent() {
			if (!this.inServletContainer) {
				this.sent.tryEmitEmpty();
			}
		}

		/** Spring takes the failure for that of a client that has disconnected. */
		@Override
		public void abort() {
			WatchedReactiveHandler.this.connectionAbort.run();
			this.aborted.tryEmitError(new EOFException("The client does not read, and the drain is over"));
		}

	}

}

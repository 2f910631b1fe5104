package io.podlifecycle.web.reactive;

import java.util.List;
import java.util.concurrent.CancellationException;

import io.podlifecycle.drain.OpenStream;
import io.podlifecycle.drain.StreamEnd;
import io.podlifecycle.drain.Streams;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.adapter.AbstractListenerWebSocketSession;

/**
 * Registers each session while it is open.
 */
final class WatchedReactiveHandler implements WebSocketHandler {

	private final WebSocketHandler delegate;

	private final String name;

	private final Streams streams;

	private final Runnable connectionAbort;

	WatchedReactiveHandler(WebSocketHandler delegate, String name, Streams streams, Runnable connectionAbort) {
		this.delegate = delegate;
		this.name = name;
		this.streams = streams;
		this.connectionAbort = connectionAbort;
	}

	@Override
	public List<String> getSubProtocols() {
		return this.delegate.getSubProtocols();
	}

	@Override
	public Mono<Void> handle(WebSocketSession session) {
		End end = new End(session);
		OpenStream stream = this.streams.open(this.name, end);
		// Whichever is first: a handler may go on with what is not sent any more.
		session.closeStatus()
			.onErrorComplete()
			.doOnSuccess((status) -> closed(stream, end, status))
			.doOnCancel(stream::close)
			.subscribe();
		return this.delegate.handle(session).takeUntilOther(end.aborted.asMono()).doFinally((signal) -> stream.close());
	}

	/**
	 * A servlet container that cannot send the close frame in time, 50 ms with Tomcat,
	 * closes the connection: there is no status then.
	 */
	private static void closed(OpenStream stream, End end, @Nullable CloseStatus status) {
		if (status == null && end.isCutByServer()) {
			stream.abort();
		}
		else {
			stream.close();
		}
	}

	/** The close frame is queued behind what is being sent, and does not block. */
	private final class End implements StreamEnd {

		private final WebSocketSession session;

		private final Sinks.One<Void> aborted = Sinks.one();

		private volatile boolean attempted;

		End(WebSocketSession session) {
			this.session = session;
		}

		boolean isCutByServer() {
			return this.attempted && this.session instanceof AbstractListenerWebSocketSession;
		}

		@Override
		public boolean attempt() {
			this.attempted = true;
			this.session.close(CloseStatus.GOING_AWAY).onErrorComplete().subscribe();
			return true;
		}

		@Override
		public void abort() {
			WatchedReactiveHandler.this.connectionAbort.run();
			this.aborted.tryEmitError(new CancellationException("The client does not read, and the drain is over"));
		}

	}

}

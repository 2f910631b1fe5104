package io.podlifecycle.web.reactive;

import java.time.Duration;
import java.util.List;

import io.podlifecycle.drain.OpenStream;
import io.podlifecycle.drain.Streams;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;

/**
 * Registers each session while it is open.
 */
final class WatchedReactiveHandler implements WebSocketHandler {

	/** For a frame of a few bytes; a client that takes none is not worth more. */
	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final WebSocketHandler delegate;

	private final String name;

	private final Streams streams;

	WatchedReactiveHandler(WebSocketHandler delegate, String name, Streams streams) {
		this.delegate = delegate;
		this.name = name;
		this.streams = streams;
	}

	@Override
	public List<String> getSubProtocols() {
		return this.delegate.getSubProtocols();
	}

	@Override
	public Mono<Void> handle(WebSocketSession session) {
		OpenStream stream = this.streams.open(this.name, () -> close(session));
		// Whichever is first: a handler may go on with what is not sent any more.
		session.closeStatus().onErrorComplete().doFinally((signal) -> stream.close()).subscribe();
		return this.delegate.handle(session).doFinally((signal) -> stream.close());
	}

	private static void close(WebSocketSession session) {
		session.close(CloseStatus.GOING_AWAY).onErrorComplete().block(CLOSE_TIMEOUT);
	}

}

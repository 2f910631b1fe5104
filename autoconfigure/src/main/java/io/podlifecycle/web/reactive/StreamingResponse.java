package io.podlifecycle.web.reactive;

import java.nio.file.Path;
import java.util.function.Function;

import io.podlifecycle.stream.OpenStream;
import io.podlifecycle.stream.Streams;
import io.podlifecycle.web.LongLived;
import io.podlifecycle.web.LongLivedHandlers;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * A response whose body, if it is a stream, can be completed between two of its parts.
 */
class StreamingResponse extends ServerHttpResponseDecorator {

	private final ServerWebExchange exchange;

	private final Streams streams;

	private final LongLivedHandlers longLived;

	private final ConnectionAborts connections;

	private StreamingResponse(ServerWebExchange exchange, Streams streams, LongLivedHandlers longLived,
			ConnectionAborts connections) {
		super(exchange.getResponse());
		this.connections = connections;
		this.longLived = longLived;
		this.exchange = exchange;
		this.streams = streams;
	}

	/**
	 * Return the response of an exchange, which can do what that of the server can.
	 */
	static StreamingResponse of(ServerWebExchange exchange, Streams streams, LongLivedHandlers longLived,
			ConnectionAborts connections) {
		return (exchange.getResponse() instanceof ZeroCopyHttpOutputMessage)
				? new ZeroCopy(exchange, streams, longLived, connections)
				: new StreamingResponse(exchange, streams, longLived, connections);
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		return write(body, super::writeWith);
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		return write(body, super::writeAndFlushWith);
	}

	private <T> Mono<Void> write(Publisher<T> body, Function<Publisher<T>, Mono<Void>> writer) {
		return isStream() ? Mono.defer(() -> {
			StreamingBody<T> parts = new StreamingBody<>(body, this.connections.aborting(this.exchange.getRequest()));
			OpenStream stream = this.streams.open(TrackedExchange.describe(this.exchange), parts);
			return parts.write(writer).doFinally((signal) -> parts.over(stream, signal));
		}) : writer.apply(body);
	}

	/** A body that said how long it is would be broken by an earlier end. */
	private boolean isStream() {
		return getHeaders().getContentLength() < 0
				&& (MediaType.TEXT_EVENT_STREAM.isCompatibleWith(getHeaders().getContentType()) || isMarked());
	}

	private boolean isMarked() {
		return this.longLived.isMarked(this.exchange.getAttribute(LongLived.ATTRIBUTE),
				this.exchange.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE));
	}

	private static final class ZeroCopy extends StreamingResponse implements ZeroCopyHttpOutputMessage {

		ZeroCopy(ServerWebExchange exchange, Streams streams, LongLivedHandlers longLived,
				ConnectionAborts connections) {
			super(exchange, streams, longLived, connections);
		}

		@Override
		public Mono<Void> writeWith(Path file, long position, long count) {
			return ((ZeroCopyHttpOutputMessage) getDelegate()).writeWith(file, position, count);
		}

	}

}

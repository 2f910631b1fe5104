package io.podlifecycle.web.reactive;

import java.io.EOFException;
import java.util.function.Function;

import io.podlifecycle.stream.OpenStream;
import io.podlifecycle.stream.StreamEnd;
import io.podlifecycle.web.EndableFlux;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.publisher.Sinks;

/**
 * The body of a response, which can be completed between two of its parts. While its
 * client does not read that completes nothing, and waits for nothing.
 */
final class StreamingBody<T> implements StreamEnd {

	private final EndableFlux<T> parts;

	private final Runnable connectionAbort;

	private final Sinks.One<Void> aborted = Sinks.one();

	private volatile boolean attempted;

	StreamingBody(Publisher<T> body, Runnable connectionAbort) {
		this.parts = new EndableFlux<>(body);
		this.connectionAbort = connectionAbort;
	}

	Mono<Void> write(Function<Publisher<T>, Mono<Void>> writer) {
		return writer.apply(this.parts).takeUntilOther(this.aborted.asMono());
	}

	/** A server may give up a client that does not read before the drain does. */
	void over(OpenStream stream, SignalType signal) {
		if (this.attempted && signal == SignalType.ON_ERROR) {
			stream.abort();
		}
		else {
			stream.close();
		}
	}

	@Override
	public boolean attempt() {
		this.attempted = true;
		this.parts.end();
		return true;
	}

	/**
	 * On a failure alone the server would wait until the client has read what was sent.
	 * Spring takes this one for that of a client that has disconnected.
	 */
	@Override
	public void abort() {
		this.connectionAbort.run();
		this.aborted.tryEmitError(new EOFException("The client does not read, and the drain is over"));
	}

}

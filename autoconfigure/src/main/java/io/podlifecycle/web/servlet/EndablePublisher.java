package io.podlifecycle.web.servlet;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * A reactive stream that can be completed from outside.
 */
final class EndablePublisher {

	private final Sinks.Empty<Void> end = Sinks.empty();

	private final Flux<Object> flux;

	EndablePublisher(Publisher<?> publisher) {
		this.flux = Flux.<Object>from(publisher).takeUntilOther(this.end.asMono());
	}

	Flux<Object> flux() {
		return this.flux;
	}

	void end() {
		this.end.tryEmitEmpty();
	}

}

package io.podlifecycle.web.reactive;

import io.podlifecycle.drain.Work;
import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

/**
 * A request in flight, until its exchange is over. It belongs to no thread.
 */
final class TrackedExchange extends Work {

	/** Where WebFlux keeps the template of the URI, which bears no secrets. */
	private static final String URI_TEMPLATE = "org.springframework.web.reactive.HandlerMapping.bestMatchingPattern";

	private final ServerWebExchange exchange;

	TrackedExchange(ServerWebExchange exchange) {
		this.exchange = exchange;
	}

	@Override
	protected String describe() {
		@Nullable Object template = this.exchange.getAttribute(URI_TEMPLATE);
		return this.exchange.getRequest().getMethod() + " " + ((template != null) ? template : "(no handler)");
	}

}

package io.podlifecycle.web.reactive;

import io.podlifecycle.work.Work;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

import org.springframework.web.server.ServerWebExchange;

/**
 * A request in flight, until its exchange is over. It belongs to no thread. To be one
 * object for each request it is also what hears of that end, on its way from the chain of
 * filters to the server.
 */
final class TrackedExchange extends Work implements CoreSubscriber<Void>, Subscription {

	/** Where WebFlux keeps the template of the URI, which bears no secrets. */
	private static final String URI_TEMPLATE = "org.springframework.web.reactive.HandlerMapping.bestMatchingPattern";

	private final ServerWebExchange exchange;

	private final CoreSubscriber<? super Void> server;

	private @Nullable Subscription chain;

	TrackedExchange(ServerWebExchange exchange, CoreSubscriber<? super Void> server) {
		this.exchange = exchange;
		this.server = server;
	}

	ServerWebExchange exchange() {
		return this.exchange;
	}

	@Override
	protected String describe() {
		return describe(this.exchange);
	}

	static String describe(ServerWebExchange exchange) {
		@Nullable Object template = exchange.getAttribute(URI_TEMPLATE);
		return exchange.getRequest().getMethod() + " " + ((template != null) ? template : "(no handler)");
	}

	@Override
	public Context currentContext() {
		return this.server.currentContext();
	}

	@Override
	public void onSubscribe(Subscription chain) {
		leaveThread();
		this.chain = chain;
		this.server.onSubscribe(this);
	}

	@Override
	public void onNext(Void nothing) {
		// There is nothing of this type to pass on.
	}

	@Override
	public void onComplete() {
		try {
			this.server.onComplete();
		}
		finally {
			close();
		}
	}

	@Override
	public void onError(Throwable failure) {
		try {
			this.server.onError(failure);
		}
		finally {
			close();
		}
	}

	@Override
	public void request(long count) {
		if (this.chain != null) {
			this.chain.request(count);
		}
	}

	@Override
	public void cancel() {
		try {
			if (this.chain != null) {
				this.chain.cancel();
			}
		}
		finally {
			close();
		}
	}

}

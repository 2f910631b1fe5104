package io.podlifecycle.web.reactive;

import java.util.List;
import java.util.function.BooleanSupplier;

import io.podlifecycle.drain.InFlight;
import io.podlifecycle.drain.ObservedWork;
import io.podlifecycle.drain.Traffic;
import io.podlifecycle.drain.TrafficRule;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Tracks each request until its exchange is completed, cancelled or failed; and while the
 * application quiesces, tells each HTTP/1.1 client with its answer to leave.
 *
 * @since 0.1.0
 */
public final class RequestTrackingWebFilter implements WebFilter, Ordered {

	private final InFlight inFlight;

	private final Traffic traffic;

	private final TrafficRule rule;

	private final BooleanSupplier quiescing;

	private final List<ExchangeFarewell> farewells;

	/**
	 * Create a filter.
	 * @param work where requests are counted
	 * @param rule which requests count as traffic
	 * @param quiescing whether clients are to leave; asked for every request
	 * @param farewells what tells them, for each server that there may be
	 */
	public RequestTrackingWebFilter(ObservedWork work, TrafficRule rule, BooleanSupplier quiescing,
			List<ExchangeFarewell> farewells) {
		this.inFlight = work.inFlight();
		this.traffic = work.traffic();
		this.rule = rule;
		this.quiescing = quiescing;
		this.farewells = List.copyOf(farewells);
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return Mono.defer(() -> {
			// Quiescing may begin while the answer is made.
			exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> tellToLeave(exchange)));
			String path = exchange.getRequest().getPath().pathWithinApplication().value();
			return this.rule.isPreStop(path) ? chain.filter(exchange) : track(path, exchange, chain);
		});
	}

	private Mono<Void> track(String path, ServerWebExchange exchange, WebFilterChain chain) {
		if (this.rule.counts(path, exchange.getRequest().getHeaders().getFirst(HttpHeaders.USER_AGENT))) {
			this.traffic.arrived();
		}
		TrackedExchange tracked = this.inFlight.begin(new TrackedExchange(exchange));
		return Mono.defer(() -> chain.filter(exchange)).doFinally((signal) -> tracked.close());
	}

	/**
	 * In the answer to a WebSocket handshake the header has a meaning of its own: clients
	 * would take it for a failure.
	 */
	private void tellToLeave(ServerWebExchange exchange) {
		if (this.quiescing.getAsBoolean()
				&& !"websocket".equalsIgnoreCase(exchange.getRequest().getHeaders().getUpgrade())) {
			this.farewells.forEach((farewell) -> farewell.tellToLeave(exchange.getRequest(), exchange.getResponse()));
		}
	}

}

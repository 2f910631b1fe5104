package io.podlifecycle.web.reactive;

import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

import io.podlifecycle.boot.Orders;
import io.podlifecycle.shutdown.Participant;
import io.podlifecycle.web.RequestPeers;
import io.podlifecycle.work.ObservedWork;
import io.podlifecycle.work.PeerAddress;
import io.podlifecycle.work.TrafficRule;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

import org.springframework.core.PriorityOrdered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Tracks each request until its exchange is completed, cancelled or failed; and while the
 * application quiesces on a servlet container, asks each HTTP/1.1 client with its answer
 * to close the connection.
 *
 * @since 0.1.0
 */
final class RequestTrackingWebFilter implements WebFilter, Participant, PriorityOrdered {

	private final ObservedWork work;

	private final TrafficRule rule;

	private final RequestPeers peers;

	private final BooleanSupplier quiescing;

	private final @Nullable BiConsumer<ServerHttpRequest, ServerHttpResponse> keepAliveDisabler;

	/**
	 * Create a filter.
	 * @param work where requests are counted
	 * @param rule which requests count as traffic
	 * @param peers finds who has sent a request
	 * @param quiescing whether clients are to close their connections; asked for every
	 * request
	 * @param keepAliveDisabler asks them; {@code null} if the server does so by itself
	 */
	RequestTrackingWebFilter(ObservedWork work, TrafficRule rule, RequestPeers peers, BooleanSupplier quiescing,
			@Nullable BiConsumer<ServerHttpRequest, ServerHttpResponse> keepAliveDisabler) {
		this.work = work;
		this.rule = rule;
		this.peers = peers;
		this.quiescing = quiescing;
		this.keepAliveDisabler = keepAliveDisabler;
	}

	@Override
	public int getOrder() {
		return Orders.REQUEST_TRACKING;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String path = exchange.getRequest().getPath().pathWithinApplication().value();
		if (this.rule.isPreStop(path)) {
			disableKeepAliveOnCommit(exchange);
			return chain.filter(exchange);
		}
		return new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super Void> server) {
				TrackedExchange tracked = track(path, new TrackedExchange(exchange, server));
				Mono.defer(() -> chain.filter(exchange)).subscribe(tracked);
			}

		};
	}

	private TrackedExchange track(String path, TrackedExchange tracked) {
		ServerWebExchange exchange = tracked.exchange();
		this.work.arrived(tracked,
				this.rule.counts(path, exchange.getRequest().getHeaders().getFirst(HttpHeaders.USER_AGENT)),
				peerOf(exchange.getRequest()));
		// Asked after it is listed, as the list is read after this is true: none is
		// missed.
		if (this.quiescing.getAsBoolean() || !tracked.isListed()) {
			disableKeepAliveOnCommit(exchange);
		}
		return tracked;
	}

	private Object peerOf(ServerHttpRequest request) {
		Object server = NativeRequest.of(request);
		Object peer = (server != null) ? this.peers.peerOf(server) : null;
		return (peer != null) ? peer : PeerAddress.of(request.getRemoteAddress());
	}

	@Override
	public String name() {
		return "web requests";
	}

	/**
	 * The answers to requests that have begun before. To prepare each of them for that
	 * when it begins would take more time than all the rest.
	 */
	@Override
	public void quiesce() {
		this.work.inFlight()
			.listed(TrackedExchange.class)
			.forEach((tracked) -> disableKeepAliveOnCommit(tracked.exchange()));
	}

	/**
	 * Where the answer is on its way already, nothing happens. The answer to a WebSocket
	 * handshake replaces the header.
	 */
	private void disableKeepAliveOnCommit(ServerWebExchange exchange) {
		BiConsumer<ServerHttpRequest, ServerHttpResponse> disabler = this.keepAliveDisabler;
		if (disabler != null) {
			exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> {
				if (this.quiescing.getAsBoolean()) {
					disabler.accept(exchange.getRequest(), exchange.getResponse());
				}
			}));
		}
	}

}

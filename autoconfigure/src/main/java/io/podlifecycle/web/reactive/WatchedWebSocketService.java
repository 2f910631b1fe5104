package io.podlifecycle.web.reactive;

import java.util.List;
import java.util.function.Supplier;

import io.podlifecycle.stream.Streams;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.server.ServerWebExchange;

/**
 * Watches the sessions of who calls Spring's service directly, without an adapter for
 * handlers, as Spring Cloud Gateway does.
 */
final class WatchedWebSocketService extends HandshakeWebSocketService {

	private final Streams streams;

	private final ConnectionAborts connections;

	private WatchedWebSocketService(HandshakeWebSocketService original, Streams streams, ConnectionAborts connections) {
		super(original.getUpgradeStrategy());
		setSessionAttributePredicate(original.getSessionAttributePredicate());
		this.streams = streams;
		this.connections = connections;
	}

	/** Services of types of their own are left alone. */
	static BeanPostProcessor postProcessor(Supplier<Streams> streams, Supplier<List<ExchangeConnections>> connections) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String beanName) {
				return (bean.getClass() == HandshakeWebSocketService.class)
						? new WatchedWebSocketService((HandshakeWebSocketService) bean, streams.get(),
								new ConnectionAborts(connections.get()))
						: bean;
			}

		};
	}

	@Override
	public Mono<Void> handleRequest(ServerWebExchange exchange, WebSocketHandler handler) {
		return super.handleRequest(exchange,
				WatchedReactiveHandler.of(handler, exchange, this.streams, this.connections));
	}

}

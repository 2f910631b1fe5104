package io.podlifecycle.process;

import java.util.Map;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.reactive.socket.server.upgrade.StandardWebSocketUpgradeStrategy;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.server.WebHandler;

/**
 * WebSocket sessions of Spring WebFlux.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class WebFluxStreamEndpoints implements WebFluxConfigurer {

	private final ObjectProvider<NettyReactiveWebServerFactory> netty;

	WebFluxStreamEndpoints(ObjectProvider<NettyReactiveWebServerFactory> netty) {
		this.netty = netty;
	}

	/** Spring looks at the class path for the server, and here are several. */
	@Override
	public WebSocketService getWebSocketService() {
		return new HandshakeWebSocketService((this.netty.getIfAvailable() != null)
				? new ReactorNettyRequestUpgradeStrategy() : new StandardWebSocketUpgradeStrategy());
	}

	/** As Spring Cloud Gateway has one. */
	@Bean
	WebSocketService directService() {
		return getWebSocketService();
	}

	@Bean
	SimpleUrlHandlerMapping sockets(StreamApplication application, WebSocketService directService) {
		WebSocketHandler receiving = (session) -> {
			application.opened();
			return session.receive().then();
		};
		WebSocketHandler sending = (session) -> session.send(application.flux().map(session::textMessage));
		WebHandler gateway = (exchange) -> directService.handleRequest(exchange, receiving);
		return new SimpleUrlHandlerMapping(Map.of("/socket", receiving, "/sending", sending, "/gateway", gateway), 0);
	}

}

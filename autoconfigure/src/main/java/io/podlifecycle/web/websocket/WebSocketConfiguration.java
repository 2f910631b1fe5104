package io.podlifecycle.web.websocket;

import io.podlifecycle.stream.Streams;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * Configuration for closing the WebSocket sessions of a servlet application.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ WebSocketHttpRequestHandler.class, HandlerAdapter.class })
@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.streams.enabled", matchIfMissing = true)
class WebSocketConfiguration {

	@Bean
	WebSocketStreams podLifecycleWebSocketStreams(Streams podLifecycleStreams) {
		return new WebSocketStreams(podLifecycleStreams);
	}

}

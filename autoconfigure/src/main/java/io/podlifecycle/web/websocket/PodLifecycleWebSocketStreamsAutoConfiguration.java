package io.podlifecycle.web.websocket;

import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.shutdown.PodLifecycleStreamsAutoConfiguration;
import io.podlifecycle.stream.Streams;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for closing the WebSocket sessions
 * of a servlet application.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PodLifecycleStreamsAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ WebSocketHttpRequestHandler.class, HandlerAdapter.class })
@ConditionalOnShutdown
@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.streams.enabled", matchIfMissing = true)
public final class PodLifecycleWebSocketStreamsAutoConfiguration {

	@Bean
	WebSocketStreams podLifecycleWebSocketStreams(Streams podLifecycleStreams) {
		return new WebSocketStreams(podLifecycleStreams);
	}

}

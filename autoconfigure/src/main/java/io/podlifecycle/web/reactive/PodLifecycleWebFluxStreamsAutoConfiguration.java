package io.podlifecycle.web.reactive;

import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.shutdown.PodLifecycleStreamsAutoConfiguration;
import io.podlifecycle.stream.Streams;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.HandlerAdapter;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for ending the streams of Spring
 * WebFlux, WebSocket sessions included.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PodLifecycleStreamsAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(DispatcherHandler.class)
@ConditionalOnShutdown
@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.streams.enabled", matchIfMissing = true)
public final class PodLifecycleWebFluxStreamsAutoConfiguration {

	@Bean
	WebFluxStreams podLifecycleWebFluxStreams(Streams podLifecycleStreams,
			ObjectProvider<ExchangeConnections> connections) {
		return new WebFluxStreams(podLifecycleStreams, connections.orderedStream().toList());
	}

	@Bean
	ReactiveWebSocketStreams podLifecycleReactiveWebSocketStreams(Streams podLifecycleStreams,
			ObjectProvider<HandlerAdapter> adapters, ObjectProvider<ExchangeConnections> connections) {
		return new ReactiveWebSocketStreams(podLifecycleStreams, adapters, connections.orderedStream().toList());
	}

	@Bean
	static BeanPostProcessor podLifecycleWebSocketServicePostProcessor(ObjectProvider<Streams> streams,
			ObjectProvider<ExchangeConnections> connections) {
		return WatchedWebSocketService.postProcessor(streams::getObject, () -> connections.orderedStream().toList());
	}

}

package io.podlifecycle.web.reactive;

import io.podlifecycle.boot.PodLifecycleProperties;
import io.podlifecycle.boot.shutdown.TrafficRules;
import io.podlifecycle.shutdown.SupervisedApplication;
import io.podlifecycle.stream.Streams;
import io.podlifecycle.web.AbortableConnections;
import io.podlifecycle.web.RequestPeers;
import io.podlifecycle.work.ObservedWork;
import io.podlifecycle.work.TrafficRule;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.server.WebFilter;

/**
 * Configuration for the requests and streams of a reactive application, WebSocket
 * sessions included.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(WebFilter.class)
class ReactiveConfiguration {

	@Bean
	@Fallback
	RequestTrackingWebFilter podLifecycleRequestTrackingWebFilter(ObservedWork podLifecycleObservedWork,
			SupervisedApplication podLifecycleApplication, PodLifecycleProperties properties, Environment environment,
			ObjectProvider<KeepAliveDisabler> keepAliveDisabler, ObjectProvider<RequestPeers> peers) {
		KeepAliveDisabler present = keepAliveDisabler.getIfAvailable();
		TrafficRule rule = TrafficRules.of(properties.getShutdown().getPropagation().getIgnore(), environment);
		return new RequestTrackingWebFilter(podLifecycleObservedWork, rule, RequestPeers.of(peers),
				podLifecycleApplication::isShuttingDown, (present != null) ? present::disableKeepAlive : null);
	}

	/**
	 * For a reactive application on a servlet container.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HttpServletRequest.class)
	static class ServletContainerConfiguration {

		@Bean
		KeepAliveDisabler podLifecycleKeepAliveDisabler() {
			return new KeepAliveDisabler();
		}

		@Bean
		ServletExchangeConnections podLifecycleServletExchangeConnections(
				ObjectProvider<AbortableConnections> connections) {
			return new ServletExchangeConnections(AbortableConnections.of(connections));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(DispatcherHandler.class)
	@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.streams.enabled", matchIfMissing = true)
	static class StreamsConfiguration {

		@Bean(defaultCandidate = false)
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
			return WatchedWebSocketService.postProcessor(streams::getObject,
					() -> connections.orderedStream().toList());
		}

	}

}

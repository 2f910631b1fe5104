package io.podlifecycle.web.reactive;

import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.PodLifecycleProperties;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.boot.shutdown.TrafficRules;
import io.podlifecycle.shutdown.Connections;
import io.podlifecycle.web.AbortableConnections;
import io.podlifecycle.web.jetty.PodLifecycleJettyAutoConfiguration;
import io.podlifecycle.web.tomcat.PodLifecycleTomcatAutoConfiguration;
import io.podlifecycle.work.ObservedWork;
import io.podlifecycle.work.TrafficRule;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.server.WebFilter;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for tracking reactive requests.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
		after = { PodLifecycleAutoConfiguration.class, PodLifecycleTomcatAutoConfiguration.class,
				PodLifecycleJettyAutoConfiguration.class },
		afterName = "io.podlifecycle.web.netty.PodLifecycleReactorNettyAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(WebFilter.class)
@ConditionalOnShutdown
public final class PodLifecycleReactiveAutoConfiguration {

	@Bean
	RequestTrackingWebFilter podLifecycleRequestTrackingWebFilter(ObservedWork podLifecycleObservedWork,
			PodLifecycleProperties properties, Environment environment,
			ObjectProvider<KeepAliveDisabler> keepAliveDisablers) {
		TrafficRule rule = TrafficRules.of(properties.getShutdown().getPropagation().getIgnore(), environment);
		return new RequestTrackingWebFilter(podLifecycleObservedWork, rule,
				keepAliveDisablers.orderedStream().toList());
	}

	/**
	 * For a server whose connections nobody counts: it serves the network all the same.
	 */
	@Bean
	Connections podLifecycleUncountedConnections() {
		return () -> 0;
	}

	/**
	 * For a reactive application on a servlet container.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HttpServletRequest.class)
	static class ServletContainerConfiguration {

		@Bean
		ServletKeepAliveDisabler podLifecycleServletKeepAliveDisabler() {
			return new ServletKeepAliveDisabler();
		}

		@Bean
		ServletExchangeConnections podLifecycleServletExchangeConnections(
				ObjectProvider<AbortableConnections> connections) {
			return new ServletExchangeConnections(AbortableConnections.of(connections));
		}

	}

}

package io.podlifecycle.web.servlet;

import java.util.EnumSet;

import io.podlifecycle.boot.Orders;
import io.podlifecycle.boot.PodLifecycleProperties;
import io.podlifecycle.boot.shutdown.TrafficRules;
import io.podlifecycle.shutdown.SupervisedApplication;
import io.podlifecycle.stream.Streams;
import io.podlifecycle.web.AbortableConnections;
import io.podlifecycle.web.RequestPeers;
import io.podlifecycle.work.ObservedWork;
import io.podlifecycle.work.TrafficRule;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.support.HandlerFunctionAdapter;

/**
 * Configuration for the requests and streams of a servlet application.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ Filter.class, FilterRegistrationBean.class })
class ServletConfiguration {

	@Bean(defaultCandidate = false)
	FilterRegistrationBean<RequestTrackingFilter> podLifecycleRequestTrackingFilter(
			ObservedWork podLifecycleObservedWork, SupervisedApplication podLifecycleApplication,
			PodLifecycleProperties properties, Environment environment, ObjectProvider<RequestPeers> peers) {
		TrafficRule rule = TrafficRules.ofServlets(properties.getShutdown().getPropagation().getIgnore(), environment);
		RequestTrackingFilter filter = new RequestTrackingFilter(podLifecycleObservedWork, rule, RequestPeers.of(peers),
				podLifecycleApplication::isShuttingDown,
				environment.getProperty("server.servlet.register-default-servlet", boolean.class, false));
		FilterRegistrationBean<RequestTrackingFilter> registration = new FirstRegistration(filter);
		registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
		registration.setOrder(Orders.REQUEST_TRACKING);
		return registration;
	}

	/** Before those of an application that have the highest precedence, too. */
	private static final class FirstRegistration extends FilterRegistrationBean<RequestTrackingFilter>
			implements PriorityOrdered {

		FirstRegistration(RequestTrackingFilter filter) {
			super(filter);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ WebMvcConfigurer.class, AsyncListener.class })
	@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.streams.enabled", matchIfMissing = true)
	static class StreamsConfiguration {

		@Bean
		MvcStreams podLifecycleMvcStreams(Streams podLifecycleStreams,
				ObjectProvider<AbortableConnections> connections) {
			return new MvcStreams(podLifecycleStreams, AbortableConnections.of(connections));
		}

		@Bean
		@ConditionalOnBean(HandlerFunctionAdapter.class)
		FunctionalStreams podLifecycleFunctionalStreams(ObjectProvider<HandlerFunctionAdapter> adapter) {
			return new FunctionalStreams(adapter);
		}

		@Bean
		static StreamReturnValuePostProcessor podLifecycleStreamReturnValuePostProcessor() {
			return new StreamReturnValuePostProcessor();
		}

	}

}

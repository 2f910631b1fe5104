package io.podlifecycle.web.servlet;

import java.util.EnumSet;

import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.PodLifecycleProperties;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.boot.shutdown.TrafficRules;
import io.podlifecycle.shutdown.Connections;
import io.podlifecycle.shutdown.SupervisedApplication;
import io.podlifecycle.web.jetty.PodLifecycleJettyAutoConfiguration;
import io.podlifecycle.web.tomcat.PodLifecycleTomcatAutoConfiguration;
import io.podlifecycle.work.ObservedWork;
import io.podlifecycle.work.TrafficRule;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for tracking servlet requests.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { PodLifecycleAutoConfiguration.class, PodLifecycleTomcatAutoConfiguration.class,
		PodLifecycleJettyAutoConfiguration.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ Filter.class, FilterRegistrationBean.class })
@ConditionalOnShutdown
public final class PodLifecycleServletAutoConfiguration {

	@Bean
	FilterRegistrationBean<RequestTrackingFilter> podLifecycleRequestTrackingFilter(
			ObservedWork podLifecycleObservedWork, SupervisedApplication podLifecycleApplication,
			PodLifecycleProperties properties, Environment environment) {
		TrafficRule rule = TrafficRules.ofServlets(properties.getShutdown().getPropagation().getIgnore(), environment);
		RequestTrackingFilter filter = new RequestTrackingFilter(podLifecycleObservedWork, rule,
				() -> podLifecycleApplication.lifecycle().state().isShuttingDown());
		FilterRegistrationBean<RequestTrackingFilter> registration = new FilterRegistrationBean<>(filter);
		registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return registration;
	}

	/**
	 * For a server whose connections nobody counts: it serves the network all the same.
	 */
	@Bean
	Connections podLifecycleUncountedConnections() {
		return () -> 0;
	}

}

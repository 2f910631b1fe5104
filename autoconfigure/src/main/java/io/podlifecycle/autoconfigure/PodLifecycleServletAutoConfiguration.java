package io.podlifecycle.autoconfigure;

import java.util.EnumSet;
import java.util.function.Supplier;

import io.podlifecycle.drain.Connections;
import io.podlifecycle.drain.ObservedWork;
import io.podlifecycle.drain.ShutdownSequence;
import io.podlifecycle.drain.ShutdownState;
import io.podlifecycle.drain.TrafficRule;
import io.podlifecycle.web.servlet.RequestTrackingFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

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
			ObservedWork podLifecycleObservedWork, ObjectProvider<ShutdownSequence> sequences,
			PodLifecycleProperties properties, Environment environment) {
		TrafficRule rule = TrafficRules.ofServlets(properties.getShutdown().getPropagation().getIgnore(), environment);
		// Not made yet: filters come first, and all that the sequence needs would, too.
		Supplier<ShutdownSequence> sequence = SingletonSupplier.of(sequences::getObject);
		RequestTrackingFilter filter = new RequestTrackingFilter(podLifecycleObservedWork, rule,
				() -> sequence.get().state() != ShutdownState.SERVING);
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

package io.podlifecycle.web.servlet;

import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.shutdown.PodLifecycleStreamsAutoConfiguration;
import io.podlifecycle.stream.Streams;
import io.podlifecycle.web.AbortableConnections;
import jakarta.servlet.AsyncListener;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.support.HandlerFunctionAdapter;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for ending the streams of Spring
 * MVC.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PodLifecycleStreamsAutoConfiguration.class,
		afterName = "org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ WebMvcConfigurer.class, AsyncListener.class })
@ConditionalOnShutdown
@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.streams.enabled", matchIfMissing = true)
public final class PodLifecycleMvcStreamsAutoConfiguration {

	@Bean
	MvcStreams podLifecycleMvcStreams(Streams podLifecycleStreams, ObjectProvider<AbortableConnections> connections) {
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

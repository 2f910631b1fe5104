package io.podlifecycle.web;

import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.Orders;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.shutdown.Connections;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for web applications: requests,
 * streams, and the connections of each server.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Orders.AUTO_CONFIGURATION)
@AutoConfiguration(after = PodLifecycleAutoConfiguration.class,
		afterName = { "org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration",
				"io.podlifecycle.grpc.PodLifecycleGrpcAutoConfiguration",
				"io.podlifecycle.rsocket.PodLifecycleRSocketAutoConfiguration" })
@ConditionalOnShutdown
@Import(PodLifecycleWebAutoConfiguration.Configurations.class)
public final class PodLifecycleWebAutoConfiguration {

	/**
	 * For a server whose connections nobody counts: it serves the network all the same.
	 */
	@Bean
	@ConditionalOnWebApplication
	@ConditionalOnMissingBean
	Connections podLifecycleUncountedConnections() {
		return () -> 0;
	}

	/**
	 * Each stands beside its adapters, and is package-private as they are.
	 */
	static final class Configurations implements ImportSelector {

		@Override
		public String[] selectImports(AnnotationMetadata importingClass) {
			String web = PodLifecycleWebAutoConfiguration.class.getPackageName();
			return new String[] { web + ".tomcat.TomcatConfiguration", web + ".jetty.JettyConfiguration",
					web + ".netty.ReactorNettyConfiguration", web + ".servlet.ServletConfiguration",
					web + ".reactive.ReactiveConfiguration", web + ".websocket.WebSocketConfiguration" };
		}

	}

}

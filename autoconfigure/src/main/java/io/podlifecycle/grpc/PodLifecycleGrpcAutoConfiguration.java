package io.podlifecycle.grpc;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.Orders;
import io.podlifecycle.boot.PodLifecycleProperties;
import io.podlifecycle.boot.ShutdownProperties;
import io.podlifecycle.boot.shutdown.IrrevocableReadiness;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.boot.shutdown.TrafficRules;
import io.podlifecycle.stream.Streams;
import io.podlifecycle.work.ObservedWork;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.grpc.server.ServerBuilderCustomizer;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for gRPC servers and their health
 * service.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Orders.AUTO_CONFIGURATION)
@AutoConfiguration(after = PodLifecycleAutoConfiguration.class,
		afterName = "org.springframework.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration")
@ConditionalOnClass(Server.class)
@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.participants.grpc.enabled", matchIfMissing = true)
@ConditionalOnShutdown
public final class PodLifecycleGrpcAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@Conditional(OnGrpcServerCondition.class)
	static class ServerConfiguration {

		@Bean
		GrpcServers podLifecycleGrpcServers(ObjectProvider<Server> servers, ObservedWork podLifecycleObservedWork,
				ObjectProvider<Streams> streams) {
			Streams registry = streams.getIfAvailable();
			return new GrpcServers(() -> servers.stream().toList(),
					() -> registry != null && registry.isOver() && podLifecycleObservedWork.inFlight().count() == 0);
		}

		@Bean
		@ConditionalOnMissingBean
		@Fallback
		GrpcConnections podLifecycleGrpcConnections() {
			return new GrpcConnections();
		}

		@Bean
		@ConditionalOnMissingBean
		@GlobalServerInterceptor
		@Order(Orders.CALL_TRACKING)
		@Fallback
		CallTrackingInterceptor podLifecycleCallTrackingInterceptor(ObservedWork podLifecycleObservedWork,
				PodLifecycleProperties properties, ObjectProvider<Streams> streams, Environment environment) {
			ShutdownProperties shutdown = properties.getShutdown();
			return new CallTrackingInterceptor(podLifecycleObservedWork,
					TrafficRules.of(shutdown.getPropagation().getIgnore(), environment),
					shutdown.getStreams().isEnabled() ? streams.getIfAvailable() : null);
		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(GrpcServerLifecycle.class)
		static class SpringGrpcConfiguration {

			@Bean
			StartedGrpcServers podLifecycleStartedGrpcServers(GrpcServers podLifecycleGrpcServers) {
				return new StartedGrpcServers(podLifecycleGrpcServers);
			}

			@Bean
			@Fallback
			<T extends ServerBuilder<T>> ServerBuilderCustomizer<T> podLifecycleGrpcConnectionsCustomizer(
					GrpcConnections podLifecycleGrpcConnections) {
				return (builder) -> builder.addTransportFilter(podLifecycleGrpcConnections);
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HealthStatusManager.class)
	static class HealthConfiguration {

		@Bean
		GrpcReadiness podLifecycleGrpcReadiness(ObjectProvider<HealthStatusManager> managers,
				IrrevocableReadiness podLifecycleReadiness) {
			return new GrpcReadiness(managers::stream, podLifecycleReadiness::isRefused);
		}

	}

}

package io.podlifecycle.grpc;

import io.grpc.protobuf.services.HealthStatusManager;
import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.shutdown.IrrevocableReadiness;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the health service of gRPC.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PodLifecycleAutoConfiguration.class)
@ConditionalOnClass(HealthStatusManager.class)
@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.participants.grpc.enabled", matchIfMissing = true)
@ConditionalOnShutdown
public final class PodLifecycleGrpcHealthAutoConfiguration {

	@Bean
	GrpcReadiness podLifecycleGrpcReadiness(ObjectProvider<HealthStatusManager> managers,
			IrrevocableReadiness podLifecycleReadiness) {
		return new GrpcReadiness(managers::stream, podLifecycleReadiness::isRefused);
	}

}

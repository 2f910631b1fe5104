package io.podlifecycle.actuate;

import io.podlifecycle.boot.shutdown.IrrevocableReadiness;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.boot.startup.MissingDependencies;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the health contributor
 * {@code podLifecycle}, a member of the readiness group.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PodLifecycleAutoConfiguration.class,
		afterName = {
				"org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration" })
@ConditionalOnClass({ HealthIndicator.class, HealthEndpointGroupsPostProcessor.class })
@ConditionalOnBooleanProperty(name = "pod-lifecycle.enabled", matchIfMissing = true)
@ConditionalOnEnabledHealthIndicator("pod-lifecycle")
public final class PodLifecycleHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "podLifecycleHealthIndicator")
	PodLifecycleHealthIndicator podLifecycleHealthIndicator(ObjectProvider<IrrevocableReadiness> readiness,
			ObjectProvider<MissingDependencies> dependencies) {
		IrrevocableReadiness present = readiness.getIfAvailable();
		return new PodLifecycleHealthIndicator(() -> present != null && present.isRefused(),
				MissingDependencies.of(dependencies));
	}

	@Bean
	ReadinessGroupMember podLifecycleReadinessGroupMember(ObjectProvider<IrrevocableReadiness> readiness) {
		// Looked up once: a bean factory that is being closed need not be asked.
		SingletonSupplier<IrrevocableReadiness> present = SingletonSupplier.ofNullable(readiness::getIfAvailable);
		return new ReadinessGroupMember("podLifecycle", (up) -> {
			IrrevocableReadiness told = present.get();
			if (told != null) {
				told.answered(up);
			}
		});
	}

}

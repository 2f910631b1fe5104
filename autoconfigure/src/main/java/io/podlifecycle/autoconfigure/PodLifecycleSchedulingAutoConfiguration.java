package io.podlifecycle.autoconfigure;

import io.podlifecycle.scheduling.ScheduledTasks;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for scheduled tasks.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PodLifecycleAutoConfiguration.class)
@ConditionalOnClass(ScheduledTaskHolder.class)
@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.intake.scheduling.enabled", matchIfMissing = true)
@ConditionalOnShutdown
public final class PodLifecycleSchedulingAutoConfiguration {

	@Bean
	@Order(0) // Asked before the executors, to which it hands over work.
	ScheduledTasks podLifecycleScheduledTasks(ObjectProvider<ScheduledTaskHolder> holders) {
		return new ScheduledTasks(holders::stream);
	}

}

package io.podlifecycle.task;

import java.util.List;
import java.util.concurrent.Executor;

import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.PodLifecycleProperties;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the tasks of executors.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { PodLifecycleAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
		TaskSchedulingAutoConfiguration.class })
@ConditionalOnClass(ThreadPoolTaskExecutor.class)
@ConditionalOnBooleanProperty(name = "pod-lifecycle.shutdown.participants.executors.enabled", matchIfMissing = true)
@ConditionalOnShutdown
public final class PodLifecycleExecutorsAutoConfiguration {

	@Bean
	ExecutorTasks podLifecycleExecutorTasks(ConfigurableListableBeanFactory beanFactory,
			PodLifecycleProperties properties) {
		return new ExecutorTasks(
				new ExecutorBeans(beanFactory, properties.getShutdown().getParticipants().getExecutors().getIgnore()));
	}

	@Bean
	ExecutorStopTimeouts podLifecycleExecutorStopTimeouts(ConfigurableListableBeanFactory beanFactory,
			PodLifecycleProperties properties) {
		return new ExecutorStopTimeouts(beanFactory,
				properties.getShutdown().getParticipants().getExecutors().getIgnore());
	}

	@Bean
	SmartInitializingSingleton podLifecycleExecutorsIgnoreCheck(ConfigurableListableBeanFactory beanFactory,
			PodLifecycleProperties properties) {
		List<String> names = properties.getShutdown().getParticipants().getExecutors().getIgnore();
		return () -> BeanNames.check("pod-lifecycle.shutdown.participants.executors.ignore", names,
				(name) -> beanFactory.containsBean(name) && beanFactory.isTypeMatch(name, Executor.class),
				"an executor or a scheduler");
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE) // It recognizes tasks of schedulers by their type.
	@ConditionalOnBean(SimpleAsyncTaskExecutor.class)
	ThreadPerTaskDecorator podLifecycleThreadPerTaskDecorator() {
		return new ThreadPerTaskDecorator();
	}

}

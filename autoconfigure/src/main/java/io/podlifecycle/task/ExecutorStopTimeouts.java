package io.podlifecycle.task;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;

import io.podlifecycle.shutdown.StopTimeouts;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * How long Spring's executors and schedulers wait for their tasks when they are
 * destroyed.
 *
 * @since 0.1.0
 */
final class ExecutorStopTimeouts implements StopTimeouts {

	private final ConfigurableListableBeanFactory beanFactory;

	private final Set<String> ignored;

	/**
	 * Create a view on the timeouts.
	 * @param beanFactory knows the executors
	 * @param ignored names of beans to leave alone: the drain does not wait for their
	 * tasks
	 */
	public ExecutorStopTimeouts(ConfigurableListableBeanFactory beanFactory, Collection<String> ignored) {
		this.beanFactory = beanFactory;
		this.ignored = Set.copyOf(ignored);
	}

	@Override
	public void lowerTo(Duration limit) {
		for (String name : this.beanFactory.getSingletonNames()) {
			Object bean = this.ignored.contains(name) ? null : this.beanFactory.getSingleton(name);
			if (bean != null && isBusyPool(bean)) {
				lower(bean, "awaitTerminationMillis", limit.toMillis());
			}
			else if (bean instanceof SimpleAsyncTaskExecutor) {
				lower(bean, "taskTerminationTimeout", limit.toMillis());
			}
		}
	}

	/** An idle pool may receive tasks from beans that are stopped before it. */
	private static boolean isBusyPool(Object bean) {
		return (bean instanceof ThreadPoolTaskExecutor executor && executor.getActiveCount() > 0)
				|| (bean instanceof ThreadPoolTaskScheduler scheduler && scheduler.getActiveCount() > 0);
	}

	/** Spring has no getter, and one of the setters loses track of the running tasks. */
	private static void lower(Object executor, String timeout, long limit) {
		DirectFieldAccessor fields = new DirectFieldAccessor(executor);
		if (fields.getPropertyValue(timeout) instanceof Long configured && configured > limit) {
			fields.setPropertyValue(timeout, limit);
		}
	}

}

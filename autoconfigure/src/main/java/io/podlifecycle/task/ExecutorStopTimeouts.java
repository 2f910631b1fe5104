package io.podlifecycle.task;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.podlifecycle.shutdown.StopTimeouts;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.MergedBeanDefinitionPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * How long executors and schedulers wait for their tasks when they are destroyed.
 *
 * @since 0.1.0
 */
final class ExecutorStopTimeouts
		implements StopTimeouts, DestructionAwareBeanPostProcessor, MergedBeanDefinitionPostProcessor {

	private final ConfigurableListableBeanFactory beanFactory;

	private final Supplier<? extends Collection<String>> ignored;

	private final Set<String> closed = ConcurrentHashMap.newKeySet();

	private volatile @Nullable Duration limit;

	/**
	 * Create a view on the timeouts.
	 * @param beanFactory knows the executors
	 * @param ignored returns names of beans to leave alone: the drain does not wait for
	 * their tasks
	 */
	public ExecutorStopTimeouts(ConfigurableListableBeanFactory beanFactory,
			Supplier<? extends Collection<String>> ignored) {
		this.beanFactory = beanFactory;
		this.ignored = ignored;
	}

	@Override
	public void lowerTo(Duration limit) {
		this.limit = limit;
		Collection<String> ignored = this.ignored.get();
		for (String name : this.beanFactory.getSingletonNames()) {
			Object bean = ignored.contains(name) ? null : this.beanFactory.getSingleton(name);
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

	/**
	 * Executors of the JDK are closed since Java 19; before, nobody waits for them. Their
	 * {@code close()} waits without a limit, so it is called from here.
	 */
	@Override
	public void postProcessMergedBeanDefinition(RootBeanDefinition definition, Class<?> type, String name) {
		if (ExecutorService.class.isAssignableFrom(type) && AutoCloseable.class.isAssignableFrom(type)
				&& isClose(definition.getDestroyMethodName())) {
			definition.setDestroyMethodName("shutdown");
			this.closed.add(name);
		}
	}

	/** Spring infers it, also where no method is named. */
	private static boolean isClose(@Nullable String destroyMethod) {
		return destroyMethod == null || destroyMethod.equals(AbstractBeanDefinition.INFER_METHOD)
				|| destroyMethod.equals("close");
	}

	@Override
	public boolean requiresDestruction(Object bean) {
		return bean instanceof ExecutorService && bean instanceof AutoCloseable;
	}

	@Override
	public void postProcessBeforeDestruction(Object bean, String name) {
		Duration most = this.limit;
		if (this.closed.contains(name)) {
			if (most == null || this.ignored.get().contains(name)) {
				close((AutoCloseable) bean);
			}
			else {
				stop((ExecutorService) bean, most);
			}
		}
	}

	private static void close(AutoCloseable executor) {
		try {
			executor.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException("An executor cannot be closed", ex);
		}
	}

	/** A task that ignores the interrupt is not waited for either. */
	private static void stop(ExecutorService executor, Duration limit) {
		executor.shutdown();
		try {
			if (!executor.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
				executor.shutdownNow();
			}
		}
		catch (InterruptedException ex) {
			executor.shutdownNow();
			Thread.currentThread().interrupt();
		}
	}

}

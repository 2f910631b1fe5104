package io.podlifecycle.task;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * The thread pools among the beans of an application: those of Spring's executors and
 * plain ones, but not those of schedulers. Beans that nobody has asked for so far are not
 * created.
 *
 * @since 0.1.0
 */
final class ExecutorBeans implements Supplier<Map<String, ThreadPoolExecutor>> {

	private final ConfigurableListableBeanFactory beanFactory;

	private final Set<String> ignored;

	/**
	 * Create a view on the beans.
	 * @param beanFactory knows the beans
	 * @param ignored names of beans to leave out: their tasks never end
	 */
	public ExecutorBeans(ConfigurableListableBeanFactory beanFactory, Collection<String> ignored) {
		this.beanFactory = beanFactory;
		this.ignored = Set.copyOf(ignored);
	}

	@Override
	public Map<String, ThreadPoolExecutor> get() {
		Map<String, ThreadPoolExecutor> pools = new HashMap<>();
		for (Class<?> type : new Class<?>[] { ThreadPoolTaskExecutor.class, ThreadPoolExecutor.class }) {
			for (String name : this.beanFactory.getBeanNamesForType(type, false, false)) {
				ThreadPoolExecutor pool = pool(this.beanFactory.getSingleton(name));
				if (pool != null && !this.ignored.contains(name)) {
					pools.put(name, pool);
				}
			}
		}
		return pools;
	}

	private static @Nullable ThreadPoolExecutor pool(@Nullable Object bean) {
		if (bean instanceof ThreadPoolTaskExecutor executor) {
			return executor.getThreadPoolExecutor();
		}
		return (bean instanceof ThreadPoolExecutor pool && !(pool instanceof ScheduledThreadPoolExecutor)) ? pool
				: null;
	}

}

package io.podlifecycle.task;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.scheduling.concurrent.ExecutorConfigurationSupport;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The schedulers among the beans of an application. Beans that nobody has asked for so
 * far are not created.
 */
final class SchedulerBeans {

	private final ConfigurableListableBeanFactory beanFactory;

	private final Set<String> ignored;

	private final Set<String> stopOnQuiesce;

	SchedulerBeans(ConfigurableListableBeanFactory beanFactory, Collection<String> ignored,
			Collection<String> stopOnQuiesce) {
		this.beanFactory = beanFactory;
		this.ignored = Set.copyOf(ignored);
		this.stopOnQuiesce = Set.copyOf(stopOnQuiesce);
	}

	/**
	 * Return the tasks of the schedulers.
	 * @return the tasks, by the name of the bean
	 */
	Map<String, PeriodicTasks> tasks() {
		Map<String, PeriodicTasks> tasks = new HashMap<>();
		for (Class<?> type : new Class<?>[] { ThreadPoolTaskScheduler.class, SimpleAsyncTaskScheduler.class,
				ScheduledThreadPoolExecutor.class }) {
			for (String name : this.beanFactory.getBeanNamesForType(type, false, false)) {
				PeriodicTasks found = tasks(this.beanFactory.getSingleton(name));
				if (found != null && !this.ignored.contains(name)) {
					tasks.put(name, found);
				}
			}
		}
		return tasks;
	}

	private static @Nullable PeriodicTasks tasks(@Nullable Object bean) {
		if (bean instanceof ThreadPoolTaskScheduler scheduler) {
			return (scheduler.getScheduledExecutor() instanceof ScheduledThreadPoolExecutor pool)
					? new PoolTasks(pool, scheduler) : null;
		}
		if (bean instanceof SimpleAsyncTaskScheduler scheduler) {
			return new ThreadPerTaskTasks(scheduler);
		}
		return (bean instanceof ScheduledThreadPoolExecutor pool) ? new PoolTasks(pool, null) : null;
	}

	/** A scheduler that only takes in work rejects further tasks. */
	void shutDownThoseThatTakeInWork() {
		for (String name : this.stopOnQuiesce) {
			Object bean = this.beanFactory.getSingleton(name);
			if (bean instanceof ExecutorConfigurationSupport scheduler) {
				scheduler.initiateShutdown();
			}
			else if (bean instanceof SimpleAsyncTaskScheduler scheduler) {
				scheduler.stop();
			}
			else if (bean instanceof ScheduledExecutorService executor) {
				executor.shutdown();
			}
		}
	}

	/**
	 * Return whether a bean runs or has periodic tasks.
	 * @param name the name of the bean
	 * @param tasks the tasks of {@code @Scheduled}
	 * @return {@code true} if there is something to stop, or if the bean does not exist
	 * yet
	 */
	boolean hasTasks(String name, List<ScheduledTask> tasks) {
		Object bean = this.beanFactory.getSingleton(name);
		return (bean == null && this.beanFactory.containsBean(name)) || bean instanceof ThreadPoolTaskScheduler
				|| bean instanceof SimpleAsyncTaskScheduler || bean instanceof ScheduledExecutorService
				|| tasks.stream().anyMatch((task) -> ScheduledMethod.of(task).isMethodOf(bean));
	}

	/**
	 * Return whether a task of {@code @Scheduled} takes in work.
	 * @param task the task
	 * @return {@code true} if it stops when the shutdown begins
	 */
	boolean takesInWork(ScheduledTask task) {
		ScheduledMethod method = ScheduledMethod.of(task);
		return method.isAnnotated()
				|| this.stopOnQuiesce.stream().map(this.beanFactory::getSingleton).anyMatch(method::isMethodOf);
	}

	/**
	 * The method of a task. Spring exposes nothing of the task but its text.
	 *
	 * @param type the class that declares it, if it can be found
	 * @param name its name
	 */
	private record ScheduledMethod(@Nullable Class<?> type, String name) {

		static ScheduledMethod of(ScheduledTask task) {
			String text = task.toString();
			int dot = text.lastIndexOf('.');
			return (dot > 0) ? new ScheduledMethod(type(text.substring(0, dot)), text.substring(dot + 1))
					: new ScheduledMethod(null, text);
		}

		private static @Nullable Class<?> type(String name) {
			try {
				return ClassUtils.forName(name, null);
			}
			catch (ClassNotFoundException | LinkageError ex) {
				return null;
			}
		}

		boolean isMethodOf(@Nullable Object bean) {
			return this.type != null && this.type.isInstance(bean);
		}

		boolean isAnnotated() {
			return this.type != null
					&& Stream.of(ReflectionUtils.getAllDeclaredMethods(ClassUtils.getUserClass(this.type)))
						.filter((method) -> method.getName().equals(this.name))
						.anyMatch((method) -> AnnotatedElementUtils.hasAnnotation(method, StopOnQuiesce.class));
		}

	}

}

package io.podlifecycle.task;

import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.podlifecycle.shutdown.Participant;
import io.podlifecycle.work.CountingExecutor;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.boot.task.SimpleAsyncTaskSchedulerBuilder;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.scheduling.support.DelegatingErrorHandlingRunnable;

/**
 * Executors that do not count their tasks: those with a thread for each task, such as
 * virtual threads, and those of the JDK whose class is not public. They are beans, or
 * built by Boot's builders. Tasks of schedulers are counted apart, since there may always
 * be one.
 *
 * @since 0.1.0
 */
final class UncountedExecutors implements BeanPostProcessor, Participant {

	/** Of an executor that a builder has built, unless it becomes a bean later. */
	private static final String NO_BEAN = "an executor that is no bean";

	private final Supplier<? extends Collection<String>> ignored;

	private final Map<String, AtomicLong> running = new ConcurrentHashMap<>();

	private final AtomicLong scheduled = new AtomicLong();

	/**
	 * Create a participant without tasks.
	 * @param ignored returns names of beans to leave out: their tasks never end
	 */
	UncountedExecutors(Supplier<? extends Collection<String>> ignored) {
		this.ignored = ignored;
	}

	@Override
	public String name() {
		return "other executors";
	}

	/** Before others wrap the bean. */
	@Override
	public Object postProcessBeforeInitialization(Object bean, String name) {
		if (bean instanceof SimpleAsyncTaskExecutor executor) {
			decorateTasks(executor, name);
		}
		return (bean instanceof ExecutorService executor && isReplaceable(executor))
				? CountingExecutor.of(executor, count(name)) : bean;
	}

	/** Nobody can depend on a class that is not public. */
	private static boolean isReplaceable(ExecutorService executor) {
		Class<?> type = executor.getClass();
		return type.getPackage() == ExecutorService.class.getPackage() && !Modifier.isPublic(type.getModifiers())
				&& !(executor instanceof ScheduledExecutorService);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (bean instanceof SimpleAsyncTaskExecutorBuilder builder) {
			return builder.additionalCustomizers((executor) -> decorateTasks(executor, NO_BEAN));
		}
		return (bean instanceof SimpleAsyncTaskSchedulerBuilder builder)
				? builder.additionalCustomizers((executor) -> decorateTasks(executor, NO_BEAN)) : bean;
	}

	/**
	 * There is no getter for the decorator of the application, and a bean of that type
	 * would be injected in its place. Ours sees the task first, and knows those of
	 * schedulers by their type.
	 */
	void decorateTasks(SimpleAsyncTaskExecutor executor, String name) {
		Object decorator = new DirectFieldAccessor(executor).getPropertyValue("taskDecorator");
		TaskDecorator theirs = (decorator instanceof Counting ours) ? ours.theirs
				: (decorator instanceof TaskDecorator other) ? other : null;
		executor.setTaskDecorator(new Counting(count(name), theirs));
	}

	private AtomicLong count(String name) {
		return this.running.computeIfAbsent(name, (key) -> new AtomicLong());
	}

	@Override
	public long inFlight() {
		return busy().mapToLong((entry) -> entry.getValue().get()).sum();
	}

	/**
	 * Return the executors that are busy.
	 * @return their names
	 */
	@Override
	public String outcome() {
		return busy().map(Map.Entry::getKey).sorted().collect(Collectors.joining(", "));
	}

	private Stream<Map.Entry<String, AtomicLong>> busy() {
		Collection<String> ignored = this.ignored.get();
		return this.running.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().get() > 0 && !ignored.contains(entry.getKey()));
	}

	/**
	 * Return how many tasks of schedulers run.
	 * @return their number
	 */
	public long scheduled() {
		return this.scheduled.get();
	}

	/** Known by its class where an executor that was built becomes a bean. */
	private final class Counting implements TaskDecorator {

		private final AtomicLong tasks;

		private final @Nullable TaskDecorator theirs;

		Counting(AtomicLong tasks, @Nullable TaskDecorator theirs) {
			this.tasks = tasks;
			this.theirs = theirs;
		}

		@Override
		public Runnable decorate(Runnable task) {
			AtomicLong count = (task instanceof DelegatingErrorHandlingRunnable) ? UncountedExecutors.this.scheduled
					: this.tasks;
			Runnable counted = () -> {
				count.incrementAndGet();
				try {
					task.run();
				}
				finally {
					count.decrementAndGet();
				}
			};
			return (this.theirs != null) ? this.theirs.decorate(counted) : counted;
		}

	}

}

package io.podlifecycle.boot.shutdown;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Which beans keep a context from being closed. It looks at the beans while the context
 * still works, and later asks nothing of a bean factory that may be locked.
 */
final class HangingBeans {

	/** What calls a bean to destroy it. */
	private static final String DESTROYER = "org.springframework.beans.factory.support.DisposableBeanAdapter";

	/** What waits for the lifecycle beans of one phase to stop. */
	private static final String STOPPER = "org.springframework.context.support.DefaultLifecycleProcessor";

	private final Map<String, SmartLifecycle> lifecycles = new LinkedHashMap<>();

	private final Map<String, Class<?>> types = new LinkedHashMap<>();

	HangingBeans(ConfigurableListableBeanFactory beans) {
		for (String name : beans.getSingletonNames()) {
			Object bean = beans.getSingleton(name);
			if (bean != null) {
				remember(name, bean);
			}
		}
	}

	private void remember(String name, Object bean) {
		this.types.put(name, bean.getClass());
		if (bean instanceof SmartLifecycle lifecycle && !(bean instanceof PhaseTimeouts.LastOfPhase)) {
			this.lifecycles.put(name, lifecycle);
		}
	}

	/**
	 * Describe what hangs.
	 * @param stacks the stacks of all threads
	 * @return a line for each bean
	 */
	List<String> describe(Map<Thread, StackTraceElement[]> stacks) {
		return Stream
			.concat(stacks.entrySet().stream().flatMap((entry) -> destroyed(entry.getKey(), entry.getValue())),
					stopping(stacks))
			.toList();
	}

	private Stream<String> destroyed(Thread thread, StackTraceElement[] stack) {
		for (int i = 1; i < stack.length; i++) {
			if (stack[i].getClassName().equals(DESTROYER)) {
				StackTraceElement frame = beanFrame(stack, i - 1);
				return Stream.of("destruction of " + name(frame) + " in thread " + thread.getName() + " at " + frame);
			}
		}
		return Stream.empty();
	}

	/** A destroy method may be called by reflection. */
	private static StackTraceElement beanFrame(StackTraceElement[] stack, int below) {
		int frame = below;
		while (frame > 0 && isReflection(stack[frame].getClassName())) {
			frame--;
		}
		return stack[frame];
	}

	private static boolean isReflection(String className) {
		return className.startsWith("java.lang.reflect.") || className.startsWith("jdk.internal.reflect.")
				|| className.startsWith("java.lang.invoke.")
				|| className.startsWith("org.springframework.beans.factory.");
	}

	/** A bean that is a lambda is of a class named after the one it is written in. */
	private String name(StackTraceElement frame) {
		List<String> names = this.types.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().getName().equals(frame.getClassName())
					|| entry.getValue().getName().startsWith(frame.getClassName() + "$$"))
			.map(Map.Entry::getKey)
			.toList();
		return names.isEmpty() ? "a bean" : "bean " + String.join(" or ", names);
	}

	private Stream<String> stopping(Map<Thread, StackTraceElement[]> stacks) {
		boolean waits = stacks.values()
			.stream()
			.flatMap(Stream::of)
			.anyMatch((frame) -> frame.getClassName().startsWith(STOPPER));
		return waits ? this.lifecycles.entrySet().stream().flatMap(HangingBeans::running) : Stream.empty();
	}

	private static Stream<String> running(Map.Entry<String, SmartLifecycle> entry) {
		@Nullable Integer phase = phaseIfRunning(entry.getValue());
		return (phase != null) ? Stream.of("stop of bean " + entry.getKey() + " in phase " + phase) : Stream.empty();
	}

	private static @Nullable Integer phaseIfRunning(SmartLifecycle lifecycle) {
		try {
			return lifecycle.isRunning() ? lifecycle.getPhase() : null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

}

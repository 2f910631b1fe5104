package io.podlifecycle.boot.shutdown;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import io.podlifecycle.report.ShutdownReport.Hang;
import io.podlifecycle.report.ShutdownReport.Hang.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.Lifecycle;
import org.springframework.context.Phased;
import org.springframework.context.SmartLifecycle;

/**
 * Which beans keep a context from being closed: one whose method is on a stack below what
 * calls it, or those of the phase that is being stopped if Spring waits for them. It
 * looks at the beans while the context still works, and later asks nothing of a bean
 * factory that may be locked.
 */
final class HangingBeans {

	/** What calls a bean to destroy it. */
	private static final String DESTROYER = "org.springframework.beans.factory.support.DisposableBeanAdapter";

	/** What stops lifecycle beans, and waits for those of one phase. */
	private static final String STOPPER = "org.springframework.context.support.DefaultLifecycleProcessor";

	private final Map<String, Lifecycle> lifecycles = new LinkedHashMap<>();

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
		if (bean instanceof Lifecycle lifecycle && !(bean instanceof PhaseTimeouts.LastOfPhase)) {
			this.lifecycles.put(name, lifecycle);
		}
	}

	/**
	 * Find what hangs.
	 * @param stacks the stacks of all threads
	 * @param phase the phase whose beans Spring has asked to stop last, {@code null} if
	 * there is none
	 * @return what hangs
	 */
	List<Hang> find(Map<Thread, StackTraceElement[]> stacks, @Nullable Integer phase) {
		return stacks.entrySet()
			.stream()
			.flatMap((entry) -> find(entry.getKey(), entry.getValue(), phase))
			.distinct()
			.toList();
	}

	private Stream<Hang> find(Thread thread, StackTraceElement[] stack, @Nullable Integer phase) {
		for (int i = 1; i < stack.length; i++) {
			String caller = stack[i].getClassName();
			if (caller.equals(DESTROYER)) {
				return Stream.of(blocked(Kind.BEAN_DESTRUCTION, thread, beanFrame(stack, i - 1)));
			}
			if (caller.startsWith(STOPPER)) {
				return stack[i - 1].getClassName().equals(CountDownLatch.class.getName()) ? running(phase)
						: Stream.of(blocked(Kind.BEAN_STOP, thread, beanFrame(stack, i - 1)));
			}
		}
		return Stream.empty();
	}

	/** A destroy method may be called by reflection, and a stop by a default method. */
	private static StackTraceElement beanFrame(StackTraceElement[] stack, int below) {
		int frame = below;
		while (frame > 0 && isCaller(stack[frame].getClassName())) {
			frame--;
		}
		return stack[frame];
	}

	private static boolean isCaller(String className) {
		return className.startsWith("java.lang.reflect.") || className.startsWith("jdk.internal.reflect.")
				|| className.startsWith("java.lang.invoke.")
				|| className.startsWith("org.springframework.beans.factory.")
				|| className.equals("org.springframework.context.SmartLifecycle");
	}

	private Hang blocked(Kind kind, Thread thread, StackTraceElement frame) {
		List<String> names = this.types.entrySet()
			.stream()
			.filter((entry) -> kind != Kind.BEAN_STOP || this.lifecycles.containsKey(entry.getKey()))
			.filter((entry) -> hasMethodsOf(entry.getValue(), frame.getClassName()))
			.map(Map.Entry::getKey)
			.toList();
		List<Integer> phases = (kind != Kind.BEAN_STOP) ? List.of()
				: names.stream().map((name) -> phase(this.lifecycles.get(name))).distinct().toList();
		return new Hang(kind, names.isEmpty() ? null : String.join(" or ", names),
				(phases.size() == 1) ? phases.get(0) : null, thread.getName(), List.of(frame.toString()));
	}

	/** A bean that is a lambda is of a class named after the one it is written in. */
	private static boolean hasMethodsOf(Class<?> type, String className) {
		for (Class<?> each = type; each != null; each = each.getSuperclass()) {
			if (each.getName().equals(className)) {
				return true;
			}
		}
		return type.getName().startsWith(className + "$$");
	}

	private Stream<Hang> running(@Nullable Integer phase) {
		List<Hang> running = this.lifecycles.entrySet()
			.stream()
			.filter((entry) -> phase != null && isWaitedFor(entry.getValue(), phase))
			.map((entry) -> new Hang(Kind.BEAN_STOP, entry.getKey(), phase, null, List.of()))
			.toList();
		return running.isEmpty() ? Stream.of(new Hang(Kind.BEAN_STOP, null, phase, null, List.of())) : running.stream();
	}

	/** Spring does not wait for any other lifecycle bean, such as its own processor. */
	private static boolean isWaitedFor(Lifecycle lifecycle, int phase) {
		try {
			return lifecycle instanceof SmartLifecycle && lifecycle.isRunning() && phase(lifecycle) == phase;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	static int phase(@Nullable Lifecycle lifecycle) {
		return (lifecycle instanceof Phased phased) ? phased.getPhase() : 0;
	}

}

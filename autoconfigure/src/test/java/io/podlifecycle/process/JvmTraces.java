package io.podlifecycle.process;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;

/**
 * What the library holds of the JVM that it runs in: a handler of SIGTERM and who listens
 * to it, hooks, threads. Needs {@code --add-opens java.base/java.lang=ALL-UNNAMED}.
 */
final class JvmTraces {

	private static final String RESTART_CLASS_LOADER = "RestartClassLoader";

	private JvmTraces() {
	}

	/**
	 * Tell all of them.
	 * @return a line each
	 */
	static String describe() throws ReflectiveOperationException {
		Object signal = staticField(Class.forName("io.podlifecycle.shutdown.ShutdownSupervisor"), "JVM");
		Object entries = field(field(signal, "table"), "entries");
		Object previous = field(((Map<?, ?>) entries).values().iterator().next(), "previous");
		Object bootHook = staticField(SpringApplication.class, "shutdownHook");
		return String.format(Locale.ROOT, """
				SIGTERM: %d supervised, forwarded to %s
				JVM hooks: %d
				Boot's shutdown handlers: %d, contexts: %d
				threads: %s
				threads of a former class loader: %s
				""", ((Object[]) field(signal, "applications")).length, isOurs(previous) ? "ourselves" : "the JVM",
				size(staticField(Class.forName("java.lang.ApplicationShutdownHooks"), "hooks")),
				size(field(field(bootHook, "handlers"), "actions")), size(field(bootHook, "contexts")), threads(),
				threadsOfFormerClassLoader());
	}

	private static boolean isOurs(@Nullable Object handler) {
		return String.valueOf(handler).contains("pod life cycle");
	}

	private static String threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("pod-lifecycle-") || name.startsWith("await-")
					|| name.startsWith("watch-"))
			.sorted()
			.collect(Collectors.joining(", "));
	}

	private static String threadsOfFormerClassLoader() {
		ClassLoader now = JvmTraces.class.getClassLoader();
		return Thread.getAllStackTraces().keySet().stream().filter((thread) -> {
			ClassLoader classLoader = thread.getContextClassLoader();
			return classLoader != null && classLoader != now
					&& classLoader.getClass().getSimpleName().equals(RESTART_CLASS_LOADER);
		}).map(Thread::getName).sorted().collect(Collectors.joining(", "));
	}

	private static int size(Object collection) {
		return (collection instanceof Map<?, ?> map) ? map.size() : ((Collection<?>) collection).size();
	}

	private static Object staticField(Class<?> type, String name) throws ReflectiveOperationException {
		return value(type.getDeclaredField(name), null);
	}

	private static Object field(Object object, String name) throws ReflectiveOperationException {
		return value(object.getClass().getDeclaredField(name), object);
	}

	private static Object value(Field field, @Nullable Object object) throws ReflectiveOperationException {
		field.setAccessible(true);
		return field.get(object);
	}

}

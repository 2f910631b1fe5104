package io.podlifecycle.boot.shutdown;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.AbstractApplicationContext;

/**
 * Boot's JVM shutdown hook, which closes the contexts of applications that were started
 * by {@code SpringApplication} and did not opt out. A WAR in a foreign container does.
 */
final class BootShutdownHook {

	private static final String HOOK = "org.springframework.boot.SpringApplicationShutdownHook";

	private BootShutdownHook() {
	}

	/**
	 * Return whether the hook closes a context. Boot has no accessor for this; the hook
	 * adds a listener of its own to each context that it closes.
	 * @param context the context
	 * @return {@code true} if it does
	 */
	static boolean closes(ConfigurableApplicationContext context) {
		return context instanceof AbstractApplicationContext abstractContext
				&& abstractContext.getApplicationListeners()
					.stream()
					.map((listener) -> listener.getClass().getEnclosingClass())
					.anyMatch((enclosing) -> enclosing != null && HOOK.equals(enclosing.getName()));
	}

}

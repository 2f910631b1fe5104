package io.podlifecycle.diagnosis;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Finds an application context that nothing closes when the JVM exits.
 *
 * @since 0.1.0
 */
final class ContextCloseCheck implements Check {

	private final BooleanSupplier closed;

	private final BooleanSupplier inContainer;

	/**
	 * Create a check.
	 * @param closed whether Boot's JVM shutdown hook closes the context
	 * @param inContainer whether the application runs in an external servlet container
	 */
	public ContextCloseCheck(BooleanSupplier closed, BooleanSupplier inContainer) {
		this.closed = closed;
		this.inContainer = inContainer;
	}

	@Override
	public Optional<Finding> look() {
		if (this.inContainer.getAsBoolean()) {
			return Optional.of(new Finding(
					"This application runs in an external servlet container, which handles SIGTERM itself: there is "
							+ "no propagation delay, and the application drains only when the container stops it",
					"Run it as an executable jar"));
		}
		return this.closed.getAsBoolean() ? Optional.empty() : Optional.of(new Finding(
				"Nothing closes the application context on SIGTERM: its shutdown hook is not registered, so beans are "
						+ "not destroyed",
				"Remove 'spring.main.register-shutdown-hook', or the call of setRegisterShutdownHook(false)"));
	}

}

package io.podlifecycle.diagnosis;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Finds a JVM in which SIGTERM does not reach the library.
 *
 * @since 0.1.0
 */
final class SignalHandlerCheck implements Check {

	private final BooleanSupplier missing;

	/**
	 * Create a check.
	 * @param missing whether a handler for SIGTERM was wanted, and is not in place
	 */
	public SignalHandlerCheck(BooleanSupplier missing) {
		this.missing = missing;
	}

	@Override
	public Optional<Finding> look() {
		return this.missing.getAsBoolean() ? Optional.of(new Finding(
				"SIGTERM does not reach the library: another handler was installed after its own, or this JVM does "
						+ "not tell of SIGTERM",
				"Do not install handlers for SIGTERM, or set 'pod-lifecycle.shutdown.trigger' to 'context'; start the "
						+ "JVM without -Xrs and with the module jdk.unsupported, or let a preStop hook ask the "
						+ "actuator endpoint 'prestop'"))
				: Optional.empty();
	}

}

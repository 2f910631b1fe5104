package io.podlifecycle.diagnosis;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Finds a JVM that does not tell of SIGTERM.
 *
 * @since 0.1.0
 */
public final class DeafToSigterm implements Check {

	private final BooleanSupplier deaf;

	/**
	 * Create a check.
	 * @param deaf whether a handler for SIGTERM was wanted and could not be installed
	 */
	public DeafToSigterm(BooleanSupplier deaf) {
		this.deaf = deaf;
	}

	@Override
	public Optional<Finding> look() {
		return this.deaf.getAsBoolean() ? Optional.of(new Finding(
				"This JVM does not tell of SIGTERM, and dies of it, or as process 1 ignores it, without an "
						+ "orderly end",
				"Start it without -Xrs and with the module jdk.unsupported, or let a preStop hook ask the "
						+ "actuator endpoint 'prestop'"))
				: Optional.empty();
	}

}

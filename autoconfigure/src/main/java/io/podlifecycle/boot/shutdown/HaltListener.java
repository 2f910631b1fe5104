package io.podlifecycle.boot.shutdown;

import io.podlifecycle.Internal;

/**
 * Is told that the JVM is about to halt at the deadline of a shutdown. Half a second is
 * left, for all listeners together; no shutdown hook will run.
 *
 * @since 0.1.0
 */
@Internal
@FunctionalInterface
public interface HaltListener {

	/**
	 * The JVM is about to halt.
	 * @param exitCode its exit code
	 */
	void halting(int exitCode);

}

package io.podlifecycle.dependency;

import java.time.Duration;

/**
 * One check of one dependency, with one answer. It keeps nothing open between two checks.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Probe {

	/**
	 * Check the dependency once.
	 * @param timeLimit the time that the check may take
	 * @return what was found
	 * @throws Exception if the check failed; it is read with
	 * {@link ProbeResult#of(Throwable)}
	 */
	ProbeResult check(Duration timeLimit) throws Exception;

}

package io.podlifecycle.boot.shutdown;

import java.nio.file.Path;
import java.time.Duration;

import io.podlifecycle.boot.TerminationMessageFormat;
import io.podlifecycle.shutdown.SupervisedApplication.Policy;
import org.jspecify.annotations.Nullable;

/**
 * How the end of an application is supervised. Immutable.
 *
 * @param policy what may be done at its end
 * @param drains whether the close of its context triggers a graceful shutdown
 * @param total how long everything may take, until its beans know more
 * @param terminationMessage where Kubernetes reads the termination message; {@code null}
 * if there is to be none
 * @param format the format of that
 * @since 0.1.0
 */
record SupervisionSettings(Policy policy, boolean drains, Duration total, @Nullable Path terminationMessage,
		TerminationMessageFormat format) {

	/**
	 * For a context that is not the application of this process.
	 * @param drains whether its close triggers a graceful shutdown
	 * @return the settings
	 */
	public static SupervisionSettings ofContextOnly(boolean drains) {
		return new SupervisionSettings(Policy.ofContextOnly(), drains, Duration.ZERO, null,
				TerminationMessageFormat.TEXT);
	}

}

package io.podlifecycle.rehearsal.pod;

import java.time.Duration;

/**
 * An {@code httpGet} probe: 2xx and 3xx are successes, everything else is a failure.
 * Immutable.
 *
 * @param path the path with its leading slash
 * @param port the name of one of the pod's ports; empty for its main port
 * @param initialDelay the time before the first question, zero or more
 * @param period the time from one question to the next, positive
 * @param timeout how long to wait for an answer, positive
 * @param failureThreshold how many failures in a row count as one, 1 or more
 * @param successThreshold how many successes in a row count as one, 1 or more
 * @since 0.1.0
 */
public record Probe(String path, String port, Duration initialDelay, Duration period, Duration timeout,
		int failureThreshold, int successThreshold) {

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is invalid
	 */
	public Probe {
		require(path.startsWith("/"), "The path of a probe must begin with '/', but is '" + path + "'");
		require(!initialDelay.isNegative(), "The initial delay of a probe cannot be negative");
		require(period.toMillis() > 0, "The period of a probe must be 1 ms or more, but is " + period);
		require(timeout.toMillis() > 0, "The timeout of a probe must be 1 ms or more, but is " + timeout);
		require(failureThreshold > 0 && successThreshold > 0, "The thresholds of a probe must be 1 or more");
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

	/**
	 * Creates a probe of the main port with the defaults of Kubernetes: at once, every 10
	 * s, 1 s for the answer, 3 failures, 1 success.
	 * @param path the path with its leading slash
	 * @return the probe
	 */
	public static Probe httpGet(String path) {
		return new Probe(path, "", Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(1), 3, 1);
	}

	/**
	 * Returns a copy that asks another port.
	 * @param port the name of one of the pod's ports, see {@link PodSpec}
	 * @return the copy
	 */
	public Probe withPort(String port) {
		return new Probe(this.path, port, this.initialDelay, this.period, this.timeout, this.failureThreshold,
				this.successThreshold);
	}

	/**
	 * Returns a copy with another initial delay.
	 * @param initialDelay the time before the first question
	 * @return the copy
	 */
	public Probe withInitialDelay(Duration initialDelay) {
		return new Probe(this.path, this.port, initialDelay, this.period, this.timeout, this.failureThreshold,
				this.successThreshold);
	}

	/**
	 * Returns a copy with another period.
	 * @param period the time from one question to the next
	 * @return the copy
	 */
	public Probe withPeriod(Duration period) {
		return new Probe(this.path, this.port, this.initialDelay, period, this.timeout, this.failureThreshold,
				this.successThreshold);
	}

	/**
	 * Returns a copy with another time for the answer.
	 * @param timeout how long to wait for an answer
	 * @return the copy
	 */
	public Probe withTimeout(Duration timeout) {
		return new Probe(this.path, this.port, this.initialDelay, this.period, timeout, this.failureThreshold,
				this.successThreshold);
	}

	/**
	 * Returns a copy with another failure threshold.
	 * @param failureThreshold how many failures in a row count as one
	 * @return the copy
	 */
	public Probe withFailureThreshold(int failureThreshold) {
		return new Probe(this.path, this.port, this.initialDelay, this.period, this.timeout, failureThreshold,
				this.successThreshold);
	}

	/**
	 * Returns a copy with another success threshold.
	 * @param successThreshold how many successes in a row count as one
	 * @return the copy
	 */
	public Probe withSuccessThreshold(int successThreshold) {
		return new Probe(this.path, this.port, this.initialDelay, this.period, this.timeout, this.failureThreshold,
				successThreshold);
	}

}

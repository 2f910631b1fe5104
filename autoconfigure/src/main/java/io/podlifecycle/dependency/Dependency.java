package io.podlifecycle.dependency;

import java.time.Duration;

import io.podlifecycle.Internal;

/**
 * Something that the application needs. Immutable.
 *
 * @param name its name, as configured
 * @param target where it is, with secrets redacted
 * @param probe checks it
 * @param required whether the application waits for it; one that is not required is tried
 * at least once and reported
 * @param timeout how long to wait for it at the most, greater than zero
 * @param probeTimeout how long one try may take, greater than zero
 * @param backoff the pace of tries once a live peer has said "not yet"
 * @since 0.1.0
 */
@Internal
public record Dependency(String name, Target target, Probe probe, boolean required, Duration timeout,
		Duration probeTimeout, Backoff backoff) {

	/**
	 * The timeout of a dependency that is waited for as long as the application runs.
	 */
	public static final Duration NO_TIMEOUT = Duration.ofDays(36_500);

	public Dependency {
		requirePositive(timeout, "timeout");
		requirePositive(probeTimeout, "probe-timeout");
	}

	private static void requirePositive(Duration duration, String name) {
		if (duration.compareTo(Duration.ZERO) <= 0) {
			throw new IllegalArgumentException(name + " must be greater than zero");
		}
	}

	/**
	 * The same dependency with another timeout.
	 * @param timeout how long to wait for it at the most, greater than zero
	 * @return the other dependency
	 */
	public Dependency withTimeout(Duration timeout) {
		return new Dependency(this.name, this.target, this.probe, this.required, timeout, this.probeTimeout,
				this.backoff);
	}

	/** Whatever the probe throws is an answer; an interrupt stays set. */
	ProbeResult tryOnce(Duration timeLimit) {
		try {
			return this.probe.check(timeLimit);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return ProbeResult.of(ex);
		}
		catch (Exception | LinkageError ex) {
			return ProbeResult.of(ex);
		}
	}

	@Override
	public String toString() {
		return this.name + " (" + this.target + ")";
	}

}

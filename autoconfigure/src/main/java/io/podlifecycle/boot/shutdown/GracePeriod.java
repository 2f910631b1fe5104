package io.podlifecycle.boot.shutdown;

import java.time.Duration;

import io.podlifecycle.Internal;
import io.podlifecycle.boot.ShutdownProperties;
import org.jspecify.annotations.Nullable;

/**
 * The pod's grace period, and what has passed of it when SIGTERM arrives. A pod can read
 * neither. If an application on Kubernetes is told neither, a preStop hook that sleeps is
 * assumed: without the library a pod needs one. Immutable.
 *
 * @param whole the grace period
 * @param preStopDelay how long the preStop hook takes, as far as the application is told
 * @param assumedPreStop how long a preStop hook is assumed to take
 */
@Internal
public record GracePeriod(Duration whole, Duration preStopDelay, Duration assumedPreStop) {

	/** That of a pod without one. */
	private static final Duration DEFAULT = Duration.ofSeconds(30);

	/** Guides recommend 5 to 10 s. */
	private static final Duration USUAL_SLEEP = Duration.ofSeconds(10);

	public static GracePeriod of(ShutdownProperties properties, boolean onKubernetes) {
		return new GracePeriod(orElse(properties.getGracePeriod(), DEFAULT),
				orElse(properties.getPreStopDelay(), Duration.ZERO),
				(onKubernetes && !isTold(properties)) ? USUAL_SLEEP : Duration.ZERO);
	}

	/**
	 * Return whether the application is told of its grace period, or of the preStop hook.
	 */
	public static boolean isTold(ShutdownProperties properties) {
		return properties.getGracePeriod() != null || properties.getPreStopDelay() != null;
	}

	private static Duration orElse(@Nullable Duration duration, Duration otherwise) {
		return (duration != null) ? duration : otherwise;
	}

	/**
	 * Return what is left of it when SIGTERM arrives.
	 */
	public Duration afterSigterm() {
		return this.whole.minus(this.preStopDelay).minus(this.assumedPreStop);
	}

}

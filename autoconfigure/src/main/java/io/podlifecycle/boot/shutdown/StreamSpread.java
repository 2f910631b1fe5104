package io.podlifecycle.boot.shutdown;

import java.time.Duration;

import io.podlifecycle.Internal;
import io.podlifecycle.boot.Durations;
import io.podlifecycle.boot.InvalidPropertyException;
import io.podlifecycle.boot.ShutdownProperties;
import io.podlifecycle.shutdown.GraceBudget;
import io.podlifecycle.time.DurationText;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Fits the time over which the ends of streams are spread into the drain.
 */
@Internal
public final class StreamSpread {

	private static final Log logger = LogFactory.getLog(StreamSpread.class);

	private static final String PROPERTY = "pod-lifecycle.shutdown.streams.spread";

	private StreamSpread() {
	}

	/**
	 * Return the time, which leaves half of the drain to the streams that end last.
	 */
	public static Duration of(ShutdownProperties.Streams properties, GraceBudget budget, Environment environment) {
		Duration spread = Durations.notNegative(PROPERTY, properties.getSpread());
		Duration drain = budget.leastDrain();
		Duration longest = drain.dividedBy(2);
		if (spread.compareTo(longest) <= 0) {
			return spread;
		}
		if (Binder.get(environment).bind(PROPERTY, String.class).isBound()) {
			String problem = "it is longer than half of the drain, which has " + DurationText.seconds(drain);
			if (CloudPlatform.KUBERNETES.isActive(environment) && !budget.preStopAssumed()) {
				throw new InvalidPropertyException(PROPERTY, spread, problem,
						"Lower it, or raise the pod's terminationGracePeriodSeconds and "
								+ "'pod-lifecycle.shutdown.grace-period' with it.");
			}
			logger.warn("'" + PROPERTY + "' = " + DurationText.seconds(spread) + ": " + problem + "; shrunk to "
					+ DurationText.seconds(longest));
		}
		return longest;
	}

}

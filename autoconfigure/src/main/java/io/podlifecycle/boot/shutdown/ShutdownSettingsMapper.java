package io.podlifecycle.boot.shutdown;

import java.time.Duration;
import java.util.Optional;

import io.podlifecycle.Internal;
import io.podlifecycle.boot.Durations;
import io.podlifecycle.boot.InvalidPropertyException;
import io.podlifecycle.boot.PropagationWhen;
import io.podlifecycle.boot.ShutdownProperties;
import io.podlifecycle.report.Propagation;
import io.podlifecycle.shutdown.BudgetExceededException;
import io.podlifecycle.shutdown.BudgetPlan;
import io.podlifecycle.shutdown.BudgetPlan.Part;
import io.podlifecycle.shutdown.GraceBudget;
import io.podlifecycle.shutdown.PropagationDelay;
import io.podlifecycle.shutdown.ShutdownSettings;
import io.podlifecycle.time.DurationText;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Makes immutable, validated settings out of the properties of the graceful shutdown.
 */
@Internal
public final class ShutdownSettingsMapper {

	private static final Log logger = LogFactory.getLog(ShutdownSettingsMapper.class);

	private static final String PREFIX = "pod-lifecycle.shutdown.";

	/** What a drain wants at least before the other defaults are kept in full. */
	private static final Duration DRAIN_AT_LEAST = Duration.ofSeconds(3);

	private final ShutdownProperties properties;

	private final Binder binder;

	private final boolean onKubernetes;

	public ShutdownSettingsMapper(ShutdownProperties properties, Environment environment) {
		this.properties = properties;
		this.binder = Binder.get(environment);
		this.onKubernetes = CloudPlatform.KUBERNETES.isActive(environment);
	}

	public ShutdownSettings settings() {
		ShutdownProperties.Propagation propagation = this.properties.getPropagation();
		GraceBudget budget = budget();
		Duration max = budget.propagationMax();
		Duration min = minimum(propagation, max);
		Duration quietPeriod = Durations.notNegative(PREFIX + "propagation.quiet-period", propagation.getQuietPeriod());
		Duration linger = Durations.notNegative(PREFIX + "connection-linger", this.properties.getConnectionLinger());
		Duration quiesceTimeout = Durations.positive(PREFIX + "quiesce-timeout", this.properties.getQuiesceTimeout());
		return new ShutdownSettings(budget, new PropagationDelay(propagation.getMode(), min, max, quietPeriod),
				propagation(propagation.getWhen()), this.properties.getRefuseReadiness(), quiesceTimeout, linger);
	}

	private Propagation propagation(PropagationWhen when) {
		return switch (when) {
			case KUBERNETES -> this.onKubernetes ? Propagation.PENDING : Propagation.NOT_ON_KUBERNETES;
			case ALWAYS -> Propagation.PENDING;
			case NEVER -> Propagation.DISABLED;
		};
	}

	private GraceBudget budget() {
		GracePeriod grace = GracePeriod.of(this.properties, this.onKubernetes);
		Duration gracePeriod = Durations.positive(PREFIX + "grace-period", grace.whole());
		try {
			return warnIfShrunk(assumingPreStop(grace).orElseGet(() -> fit(gracePeriod, grace, true)));
		}
		catch (BudgetExceededException ex) {
			if (this.onKubernetes) {
				throw new InvalidPropertyException(PREFIX + "grace-period", gracePeriod,
						String.valueOf(ex.getMessage()), "Raise the pod's terminationGracePeriodSeconds and '" + PREFIX
								+ "grace-period' with it, or lower the others.");
			}
			BudgetPlan plan = fit(gracePeriod, grace, false);
			warn(String.valueOf(ex.getMessage()), plan);
			return plan.budget();
		}
	}

	/** What was chosen counts for more than what is assumed. */
	private Optional<BudgetPlan> assumingPreStop(GracePeriod grace) {
		Duration assumed = grace.assumedPreStop();
		if (assumed.isZero()) {
			return Optional.empty();
		}
		try {
			BudgetPlan plan = fit(grace.whole().minus(assumed), grace, true);
			return Optional.of(new BudgetPlan(plan.budget().assumePreStop(assumed), plan.shrunk()));
		}
		catch (BudgetExceededException ex) {
			return Optional.empty();
		}
	}

	private static GraceBudget warnIfShrunk(BudgetPlan plan) {
		if (plan.shrunk()) {
			warn("The defaults do not fit into a grace period of " + DurationText.seconds(plan.budget().gracePeriod()),
					plan);
		}
		return plan.budget();
	}

	private BudgetPlan fit(Duration gracePeriod, GracePeriod grace, boolean keepChosen) {
		Duration drainTimeout = this.properties.getDrainTimeout();
		return BudgetPlan.fit(gracePeriod, part("pre-stop-delay", grace.preStopDelay(), keepChosen),
				part("reserve", this.properties.getReserve(), keepChosen),
				part("propagation.max", this.properties.getPropagation().getMax(), keepChosen),
				part("close-timeout", this.properties.getCloseTimeout(), keepChosen),
				part("drain-timeout", (drainTimeout != null) ? drainTimeout : DRAIN_AT_LEAST, keepChosen));
	}

	private Part part(String name, Duration value, boolean keepChosen) {
		return new Part(name, Durations.notNegative(PREFIX + name, value), keepChosen && isChosen(name));
	}

	private Duration minimum(ShutdownProperties.Propagation propagation, Duration max) {
		Duration min = Durations.notNegative(PREFIX + "propagation.min", propagation.getMin());
		if (isChosen("propagation.min") && min.compareTo(propagation.getMax()) > 0) {
			throw new InvalidPropertyException(PREFIX + "propagation.min", min,
					"it is longer than propagation.max = " + DurationText.seconds(propagation.getMax()),
					"Lower it, or raise '" + PREFIX + "propagation.max'.");
		}
		return (min.compareTo(max) < 0) ? min : max;
	}

	private boolean isChosen(String name) {
		return this.binder.bind(PREFIX + name, String.class).isBound();
	}

	private static void warn(String problem, BudgetPlan plan) {
		logger.warn(problem + "; shrunk to " + plan.budget() + ". Set '" + PREFIX
				+ "grace-period' to the pod's terminationGracePeriodSeconds");
	}

}

package io.podlifecycle.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import io.podlifecycle.Internal;
import io.podlifecycle.boot.startup.MissingDependencies;
import io.podlifecycle.dependency.DependencyOutcome;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * {@link HealthIndicator} that is out of service while the application has started
 * without a dependency that it needs, and from the moment that it refuses readiness for
 * good.
 *
 * @since 0.1.0
 */
@Internal
public final class PodLifecycleHealthIndicator extends AbstractHealthIndicator {

	private final BooleanSupplier refused;

	private final MissingDependencies dependencies;

	/**
	 * Create a health indicator.
	 * @param refused whether readiness was refused for good
	 * @param dependencies what is missing since the start
	 */
	public PodLifecycleHealthIndicator(BooleanSupplier refused, MissingDependencies dependencies) {
		super("The state of the pod life cycle is not known");
		this.refused = refused;
		this.dependencies = dependencies;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		List<DependencyOutcome> missing = this.dependencies.missing();
		if (this.refused.getAsBoolean()) {
			builder.outOfService().withDetail("reason", "shutting down");
		}
		else if (!missing.isEmpty()) {
			builder.outOfService().withDetail("missing", lastErrors(missing));
		}
		else {
			builder.up();
		}
	}

	private static Map<String, String> lastErrors(List<DependencyOutcome> missing) {
		Map<String, String> errors = new LinkedHashMap<>();
		missing.forEach((outcome) -> errors.put(outcome.dependency().name(), outcome.lastError()));
		return errors;
	}

}

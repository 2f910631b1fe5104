package io.podlifecycle.diagnosis;

import java.time.Duration;
import java.util.Optional;

import io.podlifecycle.shutdown.GraceBudget;

/**
 * Finds a grace budget that leaves nothing for requests in flight.
 *
 * @since 0.1.0
 */
final class DrainBudgetCheck implements Check {

	private static final Duration LITTLE = Duration.ofSeconds(1);

	private final GraceBudget budget;

	/**
	 * Create a check.
	 * @param budget the budget
	 */
	public DrainBudgetCheck(GraceBudget budget) {
		this.budget = budget;
	}

	@Override
	public Optional<Finding> look() {
		Duration drain = this.budget.leastDrain();
		return (drain.compareTo(LITTLE) < 0) ? Optional.of(new Finding(
				"Of a grace period of " + this.budget.gracePeriod().toSeconds() + " s only " + drain.toMillis()
						+ " ms are left to drain: requests in flight will be cut off",
				"Raise the pod's terminationGracePeriodSeconds and 'pod-lifecycle.shutdown.grace-period' with it, or "
						+ "lower 'pod-lifecycle.shutdown.propagation.max'"))
				: Optional.empty();
	}

}

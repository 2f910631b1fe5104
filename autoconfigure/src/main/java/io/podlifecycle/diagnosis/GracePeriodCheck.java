package io.podlifecycle.diagnosis;

import java.util.Optional;

import io.podlifecycle.shutdown.GraceBudget;

/**
 * Finds an application that is told neither its grace period nor the time of its preStop
 * hook.
 *
 * @since 0.1.0
 */
final class GracePeriodCheck implements Check {

	private final GraceBudget budget;

	private final boolean told;

	/**
	 * Create a check.
	 * @param budget the budget
	 * @param told whether a property tells one of the two
	 */
	public GracePeriodCheck(GraceBudget budget, boolean told) {
		this.budget = budget;
		this.told = told;
	}

	@Override
	public Optional<Finding> look() {
		return this.told ? Optional.empty() : Optional.of(new Finding(
				"Neither 'pod-lifecycle.shutdown.grace-period' nor 'pod-lifecycle.shutdown.pre-stop-delay' is set: of "
						+ "a grace period of " + this.budget.gracePeriod().toSeconds() + " s "
						+ (this.budget.preStopAssumed()
								? "a preStop hook is assumed to take " + this.budget.preStopDelay().toSeconds() + " s"
								: "nothing is left for a preStop hook"),
				"Set 'pod-lifecycle.shutdown.grace-period' to the pod's terminationGracePeriodSeconds, and remove a "
						+ "preStop hook that only sleeps, since the application waits by itself"));
	}

}

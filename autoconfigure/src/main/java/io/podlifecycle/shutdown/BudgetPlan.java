package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import io.podlifecycle.Internal;

/**
 * Fits the parts of a grace budget into the grace period. Parts that somebody chose are
 * kept as they are; defaults shrink, all by the same factor. Immutable.
 *
 * @param budget the budget, whose parts together do not exceed the grace period
 * @param shrunk whether defaults had to shrink
 * @since 0.1.0
 */
@Internal
public record BudgetPlan(GraceBudget budget, boolean shrunk) {

	/**
	 * Fit a budget.
	 * @param gracePeriod the pod's whole budget, greater than zero
	 * @param preStopDelay what has passed when SIGTERM arrives
	 * @param reserve what is never used
	 * @param propagationMax the longest propagation delay, {@code preStopDelay} included
	 * @param closeTimeout what is kept for closing the context
	 * @param drainTimeout the longest drain; if it was not chosen, its value is what the
	 * drain wants at least, and it may last until the close
	 * @return the plan
	 * @throws BudgetExceededException if the chosen parts alone take more than there is
	 */
	public static BudgetPlan fit(Duration gracePeriod, Part preStopDelay, Part reserve, Part propagationMax,
			Part closeTimeout, Part drainTimeout) {
		Part propagation = propagationMax.minus(preStopDelay);
		double factor = factorFor(gracePeriod, List.of(preStopDelay, reserve, propagation, closeTimeout, drainTimeout));
		Duration preStop = preStopDelay.scaled(factor);
		Duration reserved = reserve.scaled(factor);
		Duration propagationAfterSigterm = propagation.scaled(factor);
		Duration close = closeTimeout.scaled(factor);
		Duration drain = drainTimeout.chosen() ? drainTimeout.value()
				: gracePeriod.minus(preStop).minus(reserved).minus(close);
		return new BudgetPlan(new GraceBudget(gracePeriod, preStop, reserved, preStop.plus(propagationAfterSigterm),
				close, drain, false), factor < 1);
	}

	private static double factorFor(Duration gracePeriod, List<Part> parts) {
		Duration left = gracePeriod.minus(sum(parts, Part::chosen));
		Duration wanted = sum(parts, (part) -> !part.chosen());
		if (left.isNegative() || (left.isZero() && !wanted.isZero())) {
			throw new BudgetExceededException(gracePeriod, parts.stream().filter(Part::chosen).toList());
		}
		return (wanted.compareTo(left) <= 0) ? 1 : (double) left.toMillis() / wanted.toMillis();
	}

	private static Duration sum(List<Part> parts, Predicate<Part> filter) {
		return parts.stream().filter(filter).map(Part::value).reduce(Duration.ZERO, Duration::plus);
	}

	/**
	 * One part of a budget.
	 *
	 * @param name its property below {@code pod-lifecycle.shutdown}
	 * @param value how long it takes, not negative
	 * @param chosen whether somebody chose it; else it is a default, and may shrink
	 */
	public record Part(String name, Duration value, boolean chosen) {

		Part minus(Part other) {
			Duration rest = this.value.minus(other.value);
			return new Part(this.name, rest.isNegative() ? Duration.ZERO : rest, this.chosen);
		}

		Duration scaled(double factor) {
			return this.chosen ? this.value : Duration.ofMillis((long) (this.value.toMillis() * factor));
		}

	}

}

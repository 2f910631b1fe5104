package io.podlifecycle.drain;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The parts of a grace budget that somebody chose leave no time for the others.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public class BudgetExceededException extends RuntimeException {

	BudgetExceededException(Duration gracePeriod, List<BudgetPlan.Part> chosen) {
		super("A grace period of " + text(gracePeriod) + " has no room for "
				+ chosen.stream()
					.filter((part) -> !part.value().isZero())
					.map((part) -> part.name() + " = " + text(part.value()))
					.collect(Collectors.joining(", "))
				+ " and a drain");
	}

	private static String text(Duration duration) {
		return duration.toMillis() / 1000.0 + "s";
	}

}

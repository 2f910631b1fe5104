package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import io.podlifecycle.Internal;
import io.podlifecycle.time.DurationText;

/**
 * The parts of a grace budget that somebody chose leave no time for the others.
 *
 * @since 0.1.0
 */
@Internal
@SuppressWarnings("serial")
public class BudgetExceededException extends RuntimeException {

	BudgetExceededException(Duration gracePeriod, List<BudgetPlan.Part> chosen) {
		super("A grace period of " + DurationText.seconds(gracePeriod) + " has no room for "
				+ chosen.stream()
					.filter((part) -> !part.value().isZero())
					.map((part) -> part.name() + " = " + DurationText.seconds(part.value()))
					.collect(Collectors.joining(", "))
				+ " and a drain");
	}

}

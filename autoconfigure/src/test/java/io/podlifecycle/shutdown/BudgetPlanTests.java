package io.podlifecycle.shutdown;

import java.time.Duration;

import io.podlifecycle.shutdown.BudgetPlan.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BudgetPlanTests {

	private Part preStopDelay = byDefault("pre-stop-delay", 0);

	private Part reserve = byDefault("reserve", 2);

	private Part propagationMax = byDefault("propagation.max", 10);

	private Part closeTimeout = byDefault("close-timeout", 5);

	private Part drainTimeout = byDefault("drain-timeout", 5);

	@Test
	void theDrainGetsWhatIsLeft() {
		BudgetPlan plan = fit(30);
		assertThat(plan.shrunk()).isFalse();
		assertThat(plan.budget().drainTimeout()).isEqualTo(Duration.ofSeconds(23))
			.isEqualTo(plan.budget().untilClose());
		assertThat(plan.budget().leastDrain()).isEqualTo(Duration.ofSeconds(13));
		assertThat(plan.budget().total()).isEqualTo(Duration.ofSeconds(28));
	}

	@Test
	void aChosenDrainTimeoutIsKept() {
		this.drainTimeout = chosen("drain-timeout", 3);
		assertThat(fit(30).budget().drainTimeout()).isEqualTo(Duration.ofSeconds(3));
		assertThat(fit(30).budget().leastDrain()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void aPreStopDelayIsAPartOfThePropagationDelay() {
		this.preStopDelay = chosen("pre-stop-delay", 12);
		GraceBudget budget = fit(30).budget();
		assertThat(budget.leastDrain()).isEqualTo(Duration.ofSeconds(11));
		assertThat(budget.propagationMax()).isEqualTo(Duration.ofSeconds(12));
		assertThat(budget.propagatedBefore()).isEqualTo(Duration.ofSeconds(12));
		assertThat(budget.total()).isEqualTo(Duration.ofSeconds(16));
	}

	@Test
	void anAssumedPreStopHookIsNoPartOfThePropagationDelay() {
		this.drainTimeout = byDefault("drain-timeout", 3);
		BudgetPlan plan = fit(20);
		assertThat(plan.shrunk()).isFalse();
		GraceBudget budget = plan.budget().assumePreStop(Duration.ofSeconds(10));
		assertThat(budget.gracePeriod()).isEqualTo(Duration.ofSeconds(30));
		assertThat(budget.total()).isEqualTo(Duration.ofSeconds(18));
		assertThat(budget.propagationMax()).isEqualTo(Duration.ofSeconds(10));
		assertThat(budget.propagatedBefore()).isZero();
		assertThat(budget.drainTimeout()).isEqualTo(Duration.ofSeconds(13));
		assertThat(budget.leastDrain()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void defaultsShrinkByTheSameFactor() {
		BudgetPlan plan = fit(11);
		assertThat(plan.shrunk()).isTrue();
		assertThat(plan.budget()).isEqualTo(new GraceBudget(Duration.ofSeconds(11), Duration.ZERO,
				Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofMillis(2500), Duration.ofMillis(7500), false));
		assertThat(plan.budget().leastDrain()).isEqualTo(Duration.ofMillis(2500));
	}

	@Test
	void whatWasChosenDoesNotShrink() {
		this.propagationMax = chosen("propagation.max", 8);
		BudgetPlan plan = fit(14);
		assertThat(plan.budget())
			.isEqualTo(new GraceBudget(Duration.ofSeconds(14), Duration.ZERO, Duration.ofSeconds(1),
					Duration.ofSeconds(8), Duration.ofMillis(2500), Duration.ofMillis(10_500), false));
		assertThat(plan.budget().leastDrain()).isEqualTo(Duration.ofMillis(2500));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 7, 10, 15, 22, 30, 3600 })
	void thePartsNeverExceedTheWhole(long seconds) {
		GraceBudget budget = fit(seconds).budget();
		Duration sum = budget.propagationMax()
			.plus(budget.reserve())
			.plus(budget.closeTimeout())
			.plus(budget.leastDrain());
		assertThat(sum).isEqualTo(budget.gracePeriod());
		assertThat(budget.leastDrain()).isPositive();
	}

	@Test
	void chosenPartsThatCannotFitAreNamed() {
		this.preStopDelay = chosen("pre-stop-delay", 0);
		this.propagationMax = chosen("propagation.max", 20);
		this.drainTimeout = chosen("drain-timeout", 15);
		assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> fit(30))
			.withMessage(
					"A grace period of 30.000 s has no room for propagation.max = 20.000 s, drain-timeout = 15.000 s "
							+ "and a drain");
	}

	@Test
	void chosenPartsThatLeaveNothingForTheOthersCannotFit() {
		this.propagationMax = chosen("propagation.max", 30);
		assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> fit(30));
	}

	private BudgetPlan fit(long seconds) {
		return BudgetPlan.fit(Duration.ofSeconds(seconds), this.preStopDelay, this.reserve, this.propagationMax,
				this.closeTimeout, this.drainTimeout);
	}

	private static Part byDefault(String name, long seconds) {
		return new Part(name, Duration.ofSeconds(seconds), false);
	}

	private static Part chosen(String name, long seconds) {
		return new Part(name, Duration.ofSeconds(seconds), true);
	}

	@Test
	void whatFitsExactlyDoesNotShrink() {
		BudgetPlan plan = fit(22);
		assertThat(plan.shrunk()).isFalse();
		assertThat(plan.budget().leastDrain()).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void chosenPartsMayTakeItAll() {
		this.reserve = chosen("reserve", 2);
		this.propagationMax = chosen("propagation.max", 10);
		this.closeTimeout = chosen("close-timeout", 5);
		this.drainTimeout = chosen("drain-timeout", 5);
		assertThat(fit(22).shrunk()).isFalse();
		assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> fit(21));
	}

	@Test
	void theTimeUntilTheCloseIsWhatIsLeftWithoutIt() {
		assertThat(fit(30).budget().untilClose()).isEqualTo(Duration.ofSeconds(23));
	}

}

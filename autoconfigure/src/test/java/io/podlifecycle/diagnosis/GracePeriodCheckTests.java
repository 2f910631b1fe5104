package io.podlifecycle.diagnosis;

import java.time.Duration;

import io.podlifecycle.shutdown.GraceBudget;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GracePeriodCheckTests {

	private static final GraceBudget BUDGET = new GraceBudget(Duration.ofSeconds(30), Duration.ZERO,
			Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(13), false);

	@Test
	void saysWhatIsAssumed() {
		assertThat(finding(BUDGET.assumePreStop(Duration.ofSeconds(10)))).contains(
				"of a grace period of 40 s a preStop hook is assumed to take 10 s",
				"Set 'pod-lifecycle.shutdown.grace-period'");
	}

	@Test
	void saysThatNothingIsLeftForAHook() {
		assertThat(finding(BUDGET)).contains("of a grace period of 30 s nothing is left for a preStop hook");
	}

	@Test
	void anApplicationThatIsToldIsNotWarned() {
		assertThat(new GracePeriodCheck(BUDGET, true).look()).isEmpty();
	}

	private static String finding(GraceBudget budget) {
		return new GracePeriodCheck(budget, false).look().map(Finding::toString).orElse("");
	}

}

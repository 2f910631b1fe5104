package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WaitResultTests {

	@Test
	void onlyWhatIsRequiredAndDidNotAnswerStandsInTheWay() {
		DependencyOutcome there = outcome("there", true).tried(ProbeResult.answered(), Duration.ZERO);
		DependencyOutcome absent = outcome("absent", true).tried(ProbeResult.absent("nothing"), Duration.ZERO);
		DependencyOutcome givenUp = outcome("given up", true).givenUp();
		DependencyOutcome optional = outcome("optional", false).givenUp();
		WaitResult result = new WaitResult(Duration.ofSeconds(1), List.of(there, absent, givenUp, optional));
		assertThat(result.unavailable()).containsExactly(absent, givenUp);
		assertThat(result.outcomes()).hasSize(4);
	}

	@Test
	void aGateHoldsUpTheStartOrReadinessOrBoth() {
		assertThat(Gate.values()).filteredOn(Gate::isAwaited).containsExactly(Gate.STARTUP, Gate.BOTH);
		assertThat(Gate.values()).filteredOn(Gate::isWatched).containsExactly(Gate.READINESS, Gate.BOTH);
	}

	private static DependencyOutcome outcome(String name, boolean required) {
		Duration second = Duration.ofSeconds(1);
		return DependencyOutcome.notTried(new Dependency(name, Target.of("tcp://" + name.replace(' ', '-') + ":80"),
				(timeLimit) -> ProbeResult.answered(), required, second, second, new Backoff(second, 1, second, 0)));
	}

}

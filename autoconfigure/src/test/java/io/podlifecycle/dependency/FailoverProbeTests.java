package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.podlifecycle.dependency.ProbeResult.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Of several servers one is enough.
 */
class FailoverProbeTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final ProbeResult[] results = new ProbeResult[3];

	private final List<Integer> tried = new ArrayList<>();

	private final List<Duration> limits = new ArrayList<>();

	private final FailoverProbe probe = new FailoverProbe(List.of(server(0), server(1), server(2)));

	@Test
	void whereNothingIsThereAllAreTriedAndTheFirstIsTold() throws Exception {
		Arrays.setAll(this.results, (index) -> ProbeResult.absent("absent" + index));
		assertThat(this.probe.check(LIMIT)).isEqualTo(ProbeResult.absent("tcp://server:1: absent0"));
		assertThat(this.tried).containsExactly(0, 1, 2);
	}

	@Test
	void theOneThatAnsweredIsAskedFirstTheNextTime() throws Exception {
		Arrays.setAll(this.results, (index) -> (index == 2) ? ProbeResult.answered() : ProbeResult.absent("absent"));
		assertThat(this.probe.check(LIMIT)).isEqualTo(ProbeResult.answered());
		assertThat(this.probe.check(LIMIT)).isEqualTo(ProbeResult.answered());
		assertThat(this.tried).containsExactly(0, 1, 2, 2);
	}

	@Test
	void aTryIsOneLogInAndTheNextOneGoesToTheNextServer() throws Exception {
		Arrays.setAll(this.results, (index) -> ProbeResult.notYet("starting"));
		assertThat(this.probe.check(LIMIT)).isEqualTo(ProbeResult.notYet("tcp://server:1: starting"));
		assertThat(this.tried).containsExactly(0);
		this.results[1] = ProbeResult.answered();
		assertThat(this.probe.check(LIMIT).status()).isEqualTo(Status.ANSWERED);
		assertThat(this.tried).containsExactly(0, 1);
	}

	@Test
	void noneUsesUpTheTimeOfTheOthers() throws Exception {
		Arrays.setAll(this.results, (index) -> ProbeResult.absent("absent"));
		this.probe.check(LIMIT);
		assertThat(this.limits.get(0)).isLessThanOrEqualTo(LIMIT.dividedBy(3));
		assertThat(this.limits.get(2)).isGreaterThan(LIMIT.dividedBy(2));
		assertThat(this.limits).allSatisfy((limit) -> assertThat(limit).isPositive().isLessThanOrEqualTo(LIMIT));
	}

	private FailoverProbe.Server server(int index) {
		return new FailoverProbe.Server(Target.of("tcp://server:" + (index + 1)), (timeLimit) -> {
			this.tried.add(index);
			this.limits.add(timeLimit);
			return this.results[index];
		});
	}

	@Test
	void afterTheLastServerComesTheFirst() throws Exception {
		Arrays.setAll(this.results, (index) -> ProbeResult.timedOut("late"));
		for (int i = 0; i < 4; i++) {
			assertThat(this.probe.check(LIMIT).status()).isEqualTo(Status.TIMED_OUT);
		}
		assertThat(this.tried).containsExactly(0, 1, 2, 0);
		this.tried.clear();
		Arrays.setAll(this.results, (index) -> ProbeResult.absent("absent" + index));
		assertThat(this.probe.check(LIMIT).detail()).isEqualTo("tcp://server:2: absent1");
		assertThat(this.tried).containsExactly(1, 2, 0);
	}

}

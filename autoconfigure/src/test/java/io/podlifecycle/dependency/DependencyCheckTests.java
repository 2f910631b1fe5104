package io.podlifecycle.dependency;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.podlifecycle.dependency.DependencyOutcome.State;
import io.podlifecycle.time.FakeTime;
import io.podlifecycle.time.WakeupSignal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class DependencyCheckTests {

	private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), 2, Duration.ofSeconds(4), 0);

	private final FakeTime time = new FakeTime();

	private final List<Duration> tries = new ArrayList<>();

	private boolean required = true;

	private Consumer<DependencyOutcome> listener = (outcome) -> {
	};

	private ProbeResult answer = ProbeResult.absent("nothing");

	@Test
	void whileNothingIsThereTriesAreFrequent() {
		this.time.at(Duration.ofSeconds(60), () -> this.answer = ProbeResult.answered());
		DependencyOutcome outcome = run(Duration.ofMinutes(5));
		assertThat(outcome.state()).isEqualTo(State.ANSWERED);
		assertThat(outcome.elapsed()).isBetween(Duration.ofSeconds(60), Duration.ofMillis(60_100));
		assertThat(outcome.attempts()).isBetween(600, 1002);
	}

	@Test
	void whomNobodyWaitsForTakesNoTurn() {
		this.required = false;
		run(Duration.ofSeconds(2));
		assertThat(this.tries).containsExactly(Duration.ZERO, Duration.ofMillis(500), Duration.ofMillis(1000),
				Duration.ofMillis(1500));
	}

	@Test
	void whenAPeerSaysNotYetTriesBecomeRarer() {
		this.answer = ProbeResult.notYet("starting");
		this.time.at(Duration.ofSeconds(9), () -> this.answer = ProbeResult.answered());
		run(Duration.ofMinutes(5));
		assertThat(this.tries).containsExactly(Duration.ZERO, Duration.ofMillis(500), Duration.ofMillis(1500),
				Duration.ofMillis(3500), Duration.ofMillis(7500), Duration.ofMillis(11500));
	}

	/** Of an account that gets locked after a few wrong passwords. */
	@Test
	void whenAPeerRefusesForGoodTriesBecomeRare() {
		this.answer = ProbeResult.refused("wrong password");
		DependencyOutcome outcome = run(Duration.ofMinutes(5));
		assertThat(this.tries).containsExactly(Duration.ZERO, Duration.ofSeconds(11), Duration.ofSeconds(44),
				Duration.ofSeconds(110), Duration.ofSeconds(176), Duration.ofSeconds(242));
		assertThat(outcome.lastError()).isEqualTo("wrong password");
	}

	@Test
	void afterARefusalAPeerThatSaysNotYetIsTriedAsQuicklyAsOthers() {
		this.answer = ProbeResult.refused("wrong password");
		this.time.at(Duration.ofSeconds(5), () -> this.answer = ProbeResult.notYet("starting"));
		run(Duration.ofSeconds(14));
		assertThat(this.tries).containsExactly(Duration.ZERO, Duration.ofSeconds(11), Duration.ofMillis(11_500),
				Duration.ofMillis(12_500));
	}

	@Test
	void whenThePeerIsGoneAgainTriesAreFrequentAgain() {
		this.answer = ProbeResult.notYet("starting");
		this.time.at(Duration.ofSeconds(1), () -> this.answer = ProbeResult.absent("absent"));
		this.time.at(Duration.ofMillis(1590), () -> this.answer = ProbeResult.answered());
		assertThat(run(Duration.ofMinutes(5)).elapsed()).isLessThan(Duration.ofMillis(1700));
	}

	@Test
	void givesUpAfterItsTimeout() {
		DependencyOutcome outcome = run(Duration.ofSeconds(1));
		assertThat(outcome.state()).isEqualTo(State.GIVEN_UP);
		assertThat(outcome.lastError()).isEqualTo("nothing");
		assertThat(this.time.elapsed()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void aTryIsGivenNoMoreThanWhatIsLeft() {
		List<Duration> limits = new ArrayList<>();
		check(Duration.ofSeconds(3), (timeLimit) -> {
			limits.add(timeLimit);
			this.time.sleep(timeLimit);
			return ProbeResult.notYet("slow");
		}).run();
		assertThat(limits).containsExactly(Duration.ofSeconds(2), Duration.ofMillis(500));
	}

	@Test
	void whatAProbeThrowsIsAnAnswer() {
		assertThat(failing(new ConnectException("Connection refused")).lastError())
			.isEqualTo("ConnectException: Connection refused");
		assertThat(failing(new IllegalStateException()).lastError()).isEqualTo("IllegalStateException");
	}

	private DependencyOutcome failing(Exception failure) {
		DependencyCheck check = check(Duration.ofMillis(1), (timeLimit) -> {
			throw failure;
		});
		check.run();
		return check.outcome();
	}

	@Test
	void anErrorThatTellsMoreThanThatTimeRanOutIsKept() {
		List<ProbeResult> results = List.of(ProbeResult.timedOut("no answer"), ProbeResult.notYet("status 503"),
				ProbeResult.timedOut("no answer"), ProbeResult.timedOut("no answer"), ProbeResult.absent("refused"),
				ProbeResult.answered(), ProbeResult.timedOut("no answer"));
		DependencyOutcome outcome = check(Duration.ofMinutes(1), (timeLimit) -> this.answer).outcome();
		List<String> errors = new ArrayList<>();
		for (ProbeResult result : results) {
			outcome = outcome.tried(result, Duration.ZERO);
			errors.add(outcome.lastError());
		}
		assertThat(errors).containsExactly("no answer", "status 503", "no answer; before that: status 503",
				"no answer; before that: status 503", "refused", "", "no answer");
	}

	@Test
	void anInterruptEndsIt() {
		this.time.at(Duration.ofSeconds(2), Thread.currentThread()::interrupt);
		DependencyOutcome outcome = run(Duration.ofMinutes(5));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(outcome.state()).isEqualTo(State.PENDING);
		assertThat(this.time.elapsed()).isLessThan(Duration.ofMillis(2200));
	}

	private DependencyOutcome run(Duration timeout) {
		DependencyCheck check = check(timeout, (timeLimit) -> {
			this.tries.add(this.time.elapsed());
			return this.answer;
		});
		check.run();
		return check.outcome();
	}

	private DependencyCheck check(Duration timeout, Probe probe) {
		Dependency dependency = new Dependency("fortune", Target.of("http://fortune/"), probe, this.required, timeout,
				Duration.ofSeconds(2), BACKOFF);
		return new DependencyCheck(dependency, new PollingSchedule(this.time, this.time), this.time, this.time,
				() -> 0.5, this.listener, new WakeupSignal());
	}

	@Test
	void eachTryIsTold() {
		List<String> told = new ArrayList<>();
		this.listener = (outcome) -> told.add(outcome.attempts() + " " + outcome.state() + " " + outcome.elapsed());
		this.time.at(Duration.ofMillis(1), () -> this.answer = ProbeResult.answered());
		run(Duration.ofMinutes(5));
		assertThat(told).containsExactly("1 PENDING PT0S", "2 ANSWERED PT0.075S");
	}

	@Test
	void aTryThatCannotBeToldCountsAllTheSame() {
		this.listener = (outcome) -> {
			throw new IllegalStateException("the disk is full");
		};
		this.answer = ProbeResult.answered();
		DependencyCheck check = check(Duration.ofMinutes(5), (timeLimit) -> this.answer);
		assertThatIllegalStateException().isThrownBy(check::run);
		assertThat(check.outcome().isAnswered()).isTrue();
	}

	@Test
	void aTryThatEndsInAnInterruptIsNone() {
		Thread.currentThread().interrupt();
		assertThat(run(Duration.ofMinutes(5)).attempts()).isZero();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.tries).hasSize(1);
	}

}

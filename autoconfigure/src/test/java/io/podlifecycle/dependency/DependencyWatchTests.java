package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.podlifecycle.time.FakeTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A watch on a timeline: a try every 10 s, lost after 3 failures, found after 2
 * successes.
 */
class DependencyWatchTests {

	private final FakeTime time = new FakeTime();

	private static final Duration REMINDER = Duration.ofSeconds(15);

	private final List<String> events = new ArrayList<>();

	private final List<String> reminders = new ArrayList<>();

	private ProbeResult answer = ProbeResult.answered();

	private double random;

	private Runnable tried = () -> {
	};

	@Test
	void oneThatTheStartHasWaitedForIsThereAtFirst() {
		assertThat(watch(Gate.BOTH).isMissing()).isFalse();
		assertThat(watch(Gate.READINESS).isMissing()).isTrue();
	}

	@Test
	void isFoundAfterSomeSuccesses() {
		run(Gate.READINESS, 100);
		assertThat(this.events).containsExactly("found at 10 s");
	}

	@Test
	void isLostAfterSomeFailuresAndFoundAfterSomeSuccesses() {
		at(15, ProbeResult.absent("absent"));
		at(75, ProbeResult.answered());
		run(Gate.BOTH, 200);
		assertThat(this.events).containsExactly("lost at 40 s", "found at 90 s");
	}

	@Test
	void aFailureNowAndThenDoesNotCount() {
		for (int second = 5; second < 200; second += 40) {
			at(second, ProbeResult.notYet("busy"));
			at(second + 20, ProbeResult.answered());
		}
		run(Gate.BOTH, 200);
		assertThat(this.events).isEmpty();
	}

	@Test
	void isToldOfRarerAndRarerWhileItHoldsUpReadiness() {
		this.answer = ProbeResult.absent("nothing");
		at(255, ProbeResult.answered());
		at(305, ProbeResult.notYet("busy"));
		run(Gate.READINESS, 360);
		assertThat(this.events).containsExactly("found at 270 s", "lost at 330 s");
		assertThat(this.reminders).containsExactly("nothing for 20 s", "nothing for 50 s", "nothing for 110 s",
				"nothing for 170 s", "nothing for 230 s", "busy for 20 s");
	}

	@Test
	void oneThatRefusesForGoodIsTriedRarely() {
		List<Long> tries = new ArrayList<>();
		this.tried = () -> tries.add(this.time.elapsed().toSeconds());
		this.answer = ProbeResult.refused("wrong password");
		run(Gate.READINESS, 200);
		assertThat(tries).containsExactly(0L, 10L, 40L, 100L, 160L, 220L);
	}

	@Test
	void isNotToldOfWhileItAnswers() {
		run(Gate.BOTH, 500);
		assertThat(this.reminders).isEmpty();
	}

	private void at(int second, ProbeResult answer) {
		this.time.at(Duration.ofSeconds(second), () -> this.answer = answer);
	}

	private void run(Gate gate, int seconds) {
		this.time.at(Duration.ofSeconds(seconds), Thread.currentThread()::interrupt);
		watch(gate).run();
		assertThat(Thread.interrupted()).isTrue();
	}

	private DependencyWatch watch(Gate gate) {
		Backoff backoff = new Backoff(Duration.ofSeconds(1), 1, Duration.ofSeconds(1), 0);
		Dependency dependency = new Dependency("fortune", Target.of("tcp://fortune:80"), (timeLimit) -> {
			this.tried.run();
			return this.answer;
		}, true, Duration.ofMinutes(1), Duration.ofSeconds(1), backoff);
		WatchedDependency watched = new WatchedDependency(dependency, gate, Duration.ofSeconds(10), 3, 2);
		return new DependencyWatch(watched, this.time, this.time, () -> this.random, REMINDER, new WatchListener() {

			@Override
			public void lost(DependencyOutcome outcome) {
				note("lost");
			}

			@Override
			public void found(DependencyOutcome outcome) {
				note("found");
			}

			@Override
			public void stillMissing(DependencyOutcome outcome, Duration elapsed) {
				DependencyWatchTests.this.reminders.add(outcome.lastError() + " for " + elapsed.toSeconds() + " s");
			}

		});
	}

	private void note(String event) {
		this.events.add(event + " at " + this.time.elapsed().toSeconds() + " s");
	}

	@Test
	void isStillMissingAfterAnAnswerTooFew() {
		run(Gate.READINESS, 5);
		assertThat(this.events).isEmpty();
	}

	@Test
	void whatEndsInAnInterruptIsNoTry() {
		DependencyWatch watch = watch(Gate.READINESS);
		this.answer = ProbeResult.answered();
		Thread.currentThread().interrupt();
		watch.run();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(watch.outcome().attempts()).isZero();
		assertThat(this.time.elapsed()).isZero();
	}

	@Test
	void aPauseIsLongerAtRandom() {
		this.random = 0.5;
		List<Duration> tries = new ArrayList<>();
		this.tried = () -> tries.add(this.time.elapsed());
		run(Gate.READINESS, 25);
		assertThat(tries).startsWith(Duration.ZERO, Duration.ofMillis(10_500), Duration.ofSeconds(21));
	}

}

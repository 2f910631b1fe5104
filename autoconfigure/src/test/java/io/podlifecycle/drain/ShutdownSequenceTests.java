package io.podlifecycle.drain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.podlifecycle.drain.DrainReport.Propagation;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * The doors, the propagation delay and readiness.
 */
class ShutdownSequenceTests extends ShutdownTimeline {

	@Test
	void withSteadyTrafficThatStopsEndsTheDelayAtItsFloor() {
		afterAMinuteOfTraffic();
		readySequence().leave(ShutdownCause.SIGTERM);
		assertThat(report().propagation()).isEqualTo(Propagation.QUIET);
		assertThat(report().timeOf(Phase.PROPAGATION)).isEqualTo(Duration.ofSeconds(5));
		assertThat(this.events).containsExactly("refused", "quiescing", "draining", "drained");
	}

	@Test
	void lateTrafficProlongsTheDelayByTheQuietPeriod() {
		afterAMinuteOfTraffic();
		for (int tenth = 0; tenth <= 40; tenth++) {
			later(Duration.ofMillis(tenth * 100L), this.traffic::arrived);
		}
		readySequence().leave(ShutdownCause.SIGTERM);
		assertThat(report().propagation()).isEqualTo(Propagation.QUIET);
		assertThat(report().timeOf(Phase.PROPAGATION)).isEqualTo(Duration.ofSeconds(6));
		assertThat(report().work().arrived()).isEqualTo(41);
	}

	@Test
	void trafficThatNeverStopsIsServedUntilTheCap() {
		afterAMinuteOfTraffic();
		for (int second = 0; second <= 20; second++) {
			later(Duration.ofSeconds(second), this.traffic::arrived);
		}
		readySequence().leave(ShutdownCause.SIGTERM);
		assertThat(report().propagation()).isEqualTo(Propagation.CAP);
		assertThat(report().timeOf(Phase.PROPAGATION)).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void aPreStopSleepCountsTowardsTheDelay() {
		this.preStopDelay = Duration.ofSeconds(4);
		afterAMinuteOfTraffic();
		readySequence().leave(ShutdownCause.SIGTERM);
		// A second to the floor, and the rest of the quiet period.
		assertThat(report().timeOf(Phase.PROPAGATION)).isBetween(Duration.ofMillis(1900), Duration.ofMillis(1920));
	}

	@Test
	void anApplicationThatWasNeverReadyHasNoDelay() {
		sequence().leave(ShutdownCause.SIGTERM);
		assertThat(report().propagation()).isEqualTo(Propagation.SKIPPED);
		assertThat(this.time.elapsed()).isEqualTo(SECOND_LOOK);
	}

	@Test
	void readinessThatComesAfterTheBeginningDoesNotCount() {
		ShutdownSequence sequence = sequence();
		this.connections = List.of();
		later(Duration.ZERO, sequence::ready);
		Work work = this.inFlight.begin("work");
		later(Duration.ofSeconds(1), work::close);
		sequence.leave(ShutdownCause.SIGTERM);
		assertThat(report().propagation()).isEqualTo(Propagation.SKIPPED);
	}

	@Test
	void theCloseOfTheContextHasNoDelay() {
		afterAMinuteOfTraffic();
		readySequence().leave(ShutdownCause.CONTEXT_CLOSED);
		assertThat(report().propagation()).isEqualTo(Propagation.SKIPPED);
	}

	@Test
	void withoutAServerThereIsNoDelay() {
		this.connections = List.of();
		readySequence().leave(ShutdownCause.SIGTERM);
		assertThat(report().propagation()).isEqualTo(Propagation.SKIPPED);
	}

	@Test
	void whereTheDelayIsOffThereIsNone() {
		this.delayEnabled = false;
		readySequence().leave(ShutdownCause.SIGTERM);
		assertThat(report().propagation()).isEqualTo(Propagation.SKIPPED);
	}

	@Test
	void hurryEndsEveryWait() {
		afterAMinuteOfTraffic();
		this.inFlight.begin("work");
		ShutdownSequence sequence = readySequence();
		Duration start = this.time.elapsed();
		later(Duration.ofSeconds(3), sequence::hurry);
		sequence.leave(ShutdownCause.SIGTERM);
		assertThat(report().propagation()).isEqualTo(Propagation.CUT_SHORT);
		assertThat(this.time.elapsed().minus(start)).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void workThatBeginsWhenTheDrainIsOverIsNotCutOffByIt() {
		atLookOfTheDrain(2, () -> this.inFlight.begin("late"));
		sequence().leave(ShutdownCause.SIGTERM);
		assertThat(this.inFlight.count()).isEqualTo(1);
		assertThat(report().work().inFlight()).isZero();
		assertThat(report().work().oldest()).isEmpty();
	}

	@Test
	void aTaskThatIsNowhereForAMomentIsWaitedFor() {
		atLookOfTheDrain(1,
				() -> later(Duration.ofSeconds(1), this.inFlight.begin("between its queue and its thread")::close));
		sequence().leave(ShutdownCause.SIGTERM);
		assertThat(this.inFlight.count()).isZero();
		assertThat(report().timeOf(Phase.DRAIN)).isEqualTo(Duration.ofSeconds(1).plus(SECOND_LOOK));
	}

	/** The participants are asked last, when all else was found idle. */
	private void atLookOfTheDrain(int number, Runnable action) {
		AtomicInteger looks = new AtomicInteger();
		this.participants.add(new Participant() {

			@Override
			public String name() {
				return "look";
			}

			@Override
			public long inFlight() {
				if (ShutdownSequenceTests.this.events.contains("draining") && looks.incrementAndGet() == number) {
					action.run();
				}
				return 0;
			}

		});
	}

	@Test
	void readinessCanBeRefusedAfterTheDelayOrNever() {
		this.refuseReadiness = RefuseReadiness.AFTER_PROPAGATION;
		afterAMinuteOfTraffic();
		later(Duration.ofSeconds(4), () -> this.events.add("4 s"));
		readySequence().leave(ShutdownCause.SIGTERM);
		assertThat(this.events).containsExactly("quiescing", "4 s", "refused", "draining", "drained");
		this.events.clear();
		this.refuseReadiness = RefuseReadiness.NEVER;
		sequence().leave(ShutdownCause.SIGTERM);
		assertThat(this.events).containsExactly("quiescing", "draining", "drained");
	}

	@Test
	void whatFailsIsReportedAndTheRestGoesOn() {
		ShutdownSequence sequence = new ShutdownSequence(settings(), () -> {
			throw new IllegalStateException("no readiness");
		}, new ObservedWork(this.inFlight, this.traffic), participants(), new Recorder(), this.time, this.time);
		sequence.leave(ShutdownCause.SIGTERM);
		assertThat(sequence.state()).isEqualTo(ShutdownState.DRAINED);
		assertThat(report().problems())
			.containsExactly("readiness failed: java.lang.IllegalStateException: no readiness");
	}

	@Test
	void whoComesLaterJoinsTheOneThatRuns() throws InterruptedException {
		Traffic realTraffic = new Traffic(Ticker.system());
		ShutdownSequence sequence = new ShutdownSequence(settings(), () -> this.events.add("refused"),
				new ObservedWork(this.inFlight, realTraffic), noParticipants(), new Recorder(), Ticker.system(),
				Sleeper.system());
		Work work = this.inFlight.begin("work");
		CountDownLatch left = new CountDownLatch(4);
		for (int i = 0; i < 4; i++) {
			new Thread(() -> {
				sequence.leave(ShutdownCause.CONTEXT_CLOSED);
				left.countDown();
			}).start();
		}
		assertThat(left.await(200, TimeUnit.MILLISECONDS)).isFalse();
		assertThat(left.getCount()).isEqualTo(4);
		work.close();
		left.await();
		assertThat(this.events).containsExactly("refused", "quiescing", "draining", "drained");
	}

	@Test
	void afterAPreStopHookSigtermIsAwaited() {
		ShutdownSequence sequence = sequence();
		Thread sigterm = new Thread(() -> sequence.leave(ShutdownCause.SIGTERM));
		later(Duration.ofSeconds(3), () -> {
			sigterm.start();
			await().until(() -> sigterm.getState() == Thread.State.WAITING);
		});
		sequence.leave(ShutdownCause.PRE_STOP);
		assertThat(report().timeOf(Phase.AWAIT_SIGTERM)).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void afterAPreStopHookWithoutSigtermItGoesOn() {
		sequence().leave(ShutdownCause.PRE_STOP);
		assertThat(report().timeOf(Phase.AWAIT_SIGTERM)).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void theStateAndTheReportGoAlong() {
		afterAMinuteOfTraffic();
		ShutdownSequence sequence = readySequence();
		List<String> looks = new ArrayList<>();
		Runnable look = () -> looks.add(sequence.state() + " "
				+ sequence.report().map((report) -> report.phases().toString()).orElse("without a report"));
		look.run();
		Work work = this.inFlight.begin("work");
		later(Duration.ofSeconds(2), look);
		later(Duration.ofSeconds(7), look);
		later(Duration.ofSeconds(8), work::close);
		sequence.leave(ShutdownCause.SIGTERM);
		look.run();
		PhaseTime propagation = new PhaseTime(Phase.PROPAGATION, Duration.ZERO, Duration.ofSeconds(5));
		assertThat(looks).containsExactly("SERVING without a report",
				"QUIESCING " + List.of(new PhaseTime(Phase.PROPAGATION, Duration.ZERO, Duration.ofSeconds(2))),
				"DRAINING " + List.of(propagation,
						new PhaseTime(Phase.DRAIN, Duration.ofSeconds(5), Duration.ofSeconds(2))),
				"DRAINED " + List.of(propagation,
						new PhaseTime(Phase.DRAIN, Duration.ofSeconds(5), Duration.ofSeconds(3).plus(SECOND_LOOK))));
	}

	@Test
	void whoWaitsForClientsToLearnOfItGoesOnWhenTheDrainBegins() throws InterruptedException {
		this.inFlight.begin("work");
		ShutdownSequence sequence = sequence();
		CountDownLatch propagated = new CountDownLatch(1);
		Thread waiting = new Thread(() -> {
			sequence.awaitPropagation();
			propagated.countDown();
		});
		waiting.start();
		await().until(() -> waiting.getState() == Thread.State.WAITING);
		List<Boolean> wentOn = new ArrayList<>();
		later(Duration.ofSeconds(1), () -> {
			await().until(() -> propagated.getCount() == 0);
			wentOn.add(sequence.state() == ShutdownState.DRAINING);
		});
		sequence.leave(ShutdownCause.CONTEXT_CLOSED);
		assertThat(wentOn).containsExactly(true);
		sequence.awaitPropagation();
	}

	@Test
	void whoIsInterruptedWhileItJoinsGoesOnWithItsFlagSet() {
		ShutdownSequence sequence = sequence();
		this.inFlight.begin("work");
		List<Boolean> joined = new ArrayList<>();
		later(Duration.ofSeconds(1), () -> {
			Thread.currentThread().interrupt();
			sequence.leave(ShutdownCause.SIGTERM);
			sequence.awaitPropagation();
			joined.add(Thread.interrupted());
		});
		sequence.leave(ShutdownCause.CONTEXT_CLOSED);
		assertThat(joined).containsExactly(true);
		assertThat(report().timeOf(Phase.DRAIN)).isEqualTo(Duration.ofSeconds(13));
	}

	@Test
	void hurryDoesNotWaitForSigterm() {
		ShutdownSequence sequence = sequence();
		later(Duration.ofSeconds(3), sequence::hurry);
		sequence.leave(ShutdownCause.PRE_STOP);
		assertThat(report().timeOf(Phase.AWAIT_SIGTERM)).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void aPreStopHookHasItsDelayAndTheShutdownOfTheJvmToo() {
		for (ShutdownCause cause : List.of(ShutdownCause.PRE_STOP, ShutdownCause.JVM_SHUTDOWN)) {
			afterAMinuteOfTraffic();
			readySequence().leave(cause);
			assertThat(report().cause()).isEqualTo(cause);
			assertThat(report().propagation()).isEqualTo(Propagation.QUIET);
		}
	}

	@Test
	void aRunThatBreaksStillLetsTheOthersGo() {
		this.connections = List.of(() -> {
			throw new IllegalStateException("cannot count");
		});
		ShutdownSequence sequence = sequence();
		assertThatIllegalStateException().isThrownBy(() -> sequence.leave(ShutdownCause.SIGTERM))
			.withMessage("cannot count");
		sequence.leave(ShutdownCause.CONTEXT_CLOSED);
		sequence.awaitPropagation();
		assertThat(sequence.state()).isEqualTo(ShutdownState.DRAINED);
	}

	@Test
	void aListenerThatFailsIsReportedAndTheRestGoesOn() {
		ShutdownSequence sequence = new ShutdownSequence(settings(), () -> this.events.add("refused"),
				new ObservedWork(this.inFlight, this.traffic), participants(), new ShutdownListener() {

					@Override
					public void quiescing(DrainReport report) {
						throw new IllegalStateException("quiescing");
					}

					@Override
					public void draining(DrainReport report) {
						throw new NoClassDefFoundError("draining");
					}

				}, this.time, this.time);
		sequence.leave(ShutdownCause.CONTEXT_CLOSED);
		assertThat(sequence.report().orElseThrow().problems()).containsExactly(
				"listener failed: java.lang.IllegalStateException: quiescing",
				"listener failed: java.lang.NoClassDefFoundError: draining");
	}

}

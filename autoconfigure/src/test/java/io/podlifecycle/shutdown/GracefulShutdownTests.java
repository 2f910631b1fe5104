package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.podlifecycle.report.Phase;
import io.podlifecycle.report.Propagation;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.ShutdownReport.PhaseTime;
import io.podlifecycle.report.ShutdownReport.Problem;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.ObservedWork;
import io.podlifecycle.work.Traffic;
import io.podlifecycle.work.Work;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Triggers, readiness, the drain, listeners and the report.
 */
class GracefulShutdownTests extends ShutdownTimeline {

	@Test
	void whatArrivesAfterAPauseOfTheProcessIsWaitedFor() {
		this.propagation = Propagation.DISABLED;
		Work before = this.inFlight.begin("before");
		later(Duration.ofSeconds(1), () -> {
			before.close();
			this.time.pass(Duration.ofSeconds(3));
			later(Duration.ofMillis(30), () -> {
				Work queued = this.inFlight.begin("queued");
				later(Duration.ofSeconds(2), queued::close);
			});
		});
		readyShutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(report().timeOf(Phase.DRAIN)).isGreaterThan(Duration.ofSeconds(6));
		assertThat(report().work().inFlight()).isZero();
	}

	@Test
	void anAbortEndsEveryWait() {
		afterAMinuteOfTraffic();
		this.inFlight.begin("work");
		GracefulShutdown shutdown = readyShutdown();
		Duration start = this.time.elapsed();
		later(Duration.ofSeconds(3), shutdown::abort);
		shutdown.shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(report().propagation()).isEqualTo(Propagation.ABORTED);
		assertThat(this.time.elapsed().minus(start)).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void workThatBeginsWhenTheDrainIsOverIsNotCutOffByIt() {
		atLookOfTheDrain(2, () -> this.inFlight.begin("late"));
		shutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(this.inFlight.count()).isEqualTo(1);
		assertThat(report().work().inFlight()).isZero();
		assertThat(report().work().oldest()).isEmpty();
	}

	@Test
	void aTaskThatIsNowhereForAMomentIsWaitedFor() {
		atLookOfTheDrain(1,
				() -> later(Duration.ofSeconds(1), this.inFlight.begin("between its queue and its thread")::close));
		shutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
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
				if (GracefulShutdownTests.this.events.contains("draining") && looks.incrementAndGet() == number) {
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
		readyShutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(this.events).containsExactly("quiescing", "4 s", "refused", "draining", "drained");
		this.events.clear();
		this.refuseReadiness = RefuseReadiness.NEVER;
		shutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(this.events).containsExactly("quiescing", "draining", "drained");
	}

	@Test
	void afterAPreStopHookSigtermIsAwaited() {
		GracefulShutdown shutdown = shutdown();
		Thread sigterm = new Thread(() -> shutdown.shutDown(Trigger.SIGTERM, Stopwatch.start(this.time)));
		later(Duration.ofSeconds(3), () -> {
			sigterm.start();
			await().until(() -> sigterm.getState() == Thread.State.WAITING);
		});
		shutdown.shutDown(Trigger.PRE_STOP, Stopwatch.start(this.time));
		assertThat(report().timeOf(Phase.AWAIT_SIGTERM)).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void afterAPreStopHookWithoutSigtermItGoesOn() {
		shutdown().shutDown(Trigger.PRE_STOP, Stopwatch.start(this.time));
		assertThat(report().timeOf(Phase.AWAIT_SIGTERM)).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void whoWaitsForClientsToLearnOfItGoesOnWhenTheDrainBegins() throws InterruptedException {
		this.inFlight.begin("work");
		GracefulShutdown shutdown = shutdown();
		CountDownLatch propagated = new CountDownLatch(1);
		Thread waiting = new Thread(() -> {
			shutdown.awaitPropagation();
			propagated.countDown();
		});
		waiting.start();
		await().until(() -> waiting.getState() == Thread.State.WAITING);
		List<Boolean> wentOn = new ArrayList<>();
		later(Duration.ofSeconds(1), () -> {
			await().until(() -> propagated.getCount() == 0);
			wentOn.add(this.lifecycle.state() == LifecycleState.DRAINING);
		});
		shutdown.shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
		assertThat(wentOn).containsExactly(true);
		shutdown.awaitPropagation();
	}

	@Test
	void whoIsInterruptedWhileItJoinsGoesOnWithItsFlagSet() {
		GracefulShutdown shutdown = shutdown();
		this.inFlight.begin("work");
		List<Boolean> joined = new ArrayList<>();
		later(Duration.ofSeconds(1), () -> {
			Thread.currentThread().interrupt();
			shutdown.shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
			shutdown.awaitPropagation();
			joined.add(Thread.interrupted());
		});
		shutdown.shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
		assertThat(joined).containsExactly(true);
		assertThat(report().timeOf(Phase.DRAIN)).isEqualTo(Duration.ofSeconds(13));
	}

	@Test
	void anAbortDoesNotWaitForSigterm() {
		GracefulShutdown shutdown = shutdown();
		later(Duration.ofSeconds(3), shutdown::abort);
		shutdown.shutDown(Trigger.PRE_STOP, Stopwatch.start(this.time));
		assertThat(report().timeOf(Phase.AWAIT_SIGTERM)).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void aPreStopHookHasItsDelayAndAnExitOfTheJvmToo() {
		for (Trigger cause : List.of(Trigger.PRE_STOP, Trigger.JVM_EXIT)) {
			afterAMinuteOfTraffic();
			readyShutdown().shutDown(cause, Stopwatch.start(this.time));
			assertThat(report().trigger()).isEqualTo(cause);
			assertThat(report().propagation()).isEqualTo(Propagation.QUIET);
		}
	}

	@Test
	void whatFailsIsReportedAndTheRestGoesOn() {
		GracefulShutdown shutdown = shutdown(new Readiness() {

			@Override
			public boolean hasBeenReady() {
				return false;
			}

			@Override
			public void refuse() {
				throw new StackOverflowError();
			}

			@Override
			public void announce() {
				throw new IllegalStateException("never called");
			}

		}, List.of(new Recorder()));
		shutdown.shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(this.lifecycle.state()).isEqualTo(LifecycleState.DRAINING);
		assertThat(report().problems()).extracting(Problem::toString)
			.containsExactly("readiness failed: java.lang.StackOverflowError");
	}

	@Test
	void whoComesLaterJoinsTheOneThatRuns() throws InterruptedException {
		GracefulShutdown shutdown = new GracefulShutdown(settings(), this.lifecycle, new Refusal(),
				new ObservedWork(this.inFlight, new Traffic(Ticker.system())),
				new Participants(List.of(), Map.of(), List.of(), Runnable::run), List.of(new Recorder()),
				Ticker.system(), Sleeper.system(), () -> false);
		Work work = this.inFlight.begin("work");
		CountDownLatch left = new CountDownLatch(4);
		for (int i = 0; i < 4; i++) {
			new Thread(() -> {
				shutdown.shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
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
	void theStateAndTheReportGoAlong() {
		afterAMinuteOfTraffic();
		GracefulShutdown shutdown = readyShutdown();
		List<String> looks = new ArrayList<>();
		Runnable look = () -> looks.add(this.lifecycle.state() + " "
				+ shutdown.report().map((report) -> report.phases().toString()).orElse("without a report"));
		look.run();
		Work work = this.inFlight.begin("work");
		later(Duration.ofSeconds(2), look);
		later(Duration.ofSeconds(7), look);
		later(Duration.ofSeconds(8), work::close);
		shutdown.shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		look.run();
		PhaseTime quiesce = new PhaseTime(Phase.QUIESCE, Duration.ZERO, Duration.ZERO);
		PhaseTime propagation = new PhaseTime(Phase.PROPAGATION, Duration.ZERO, Duration.ofSeconds(5));
		Duration drained = Duration.ofSeconds(3).plus(SECOND_LOOK);
		assertThat(looks).containsExactly("READY without a report",
				"PROPAGATING "
						+ List.of(quiesce, new PhaseTime(Phase.PROPAGATION, Duration.ZERO, Duration.ofSeconds(2))),
				"DRAINING " + List.of(quiesce, propagation,
						new PhaseTime(Phase.DRAIN, Duration.ofSeconds(5), Duration.ofSeconds(2))),
				"DRAINING " + List.of(quiesce, propagation, new PhaseTime(Phase.DRAIN, Duration.ofSeconds(5), drained),
						new PhaseTime(Phase.CLOSE, Duration.ofSeconds(5).plus(drained), Duration.ZERO)));
	}

	@Test
	void thePhasesFollowEachOtherFromTheTriggerOnAndAddUp() {
		afterAMinuteOfTraffic();
		GracefulShutdown shutdown = readyShutdown();
		Stopwatch sinceTrigger = Stopwatch.start(this.time);
		this.time.pass(Duration.ofMillis(54));
		Work work = this.inFlight.begin("work");
		later(Duration.ofSeconds(11), work::close);
		shutdown.shutDown(Trigger.PRE_STOP, sinceTrigger);
		this.time.pass(Duration.ofSeconds(1));
		ShutdownReport report = shutdown.report().orElseThrow();
		assertThat(report.phases()).extracting(PhaseTime::phase).containsExactly(Phase.values());
		assertThat(report.phases()).extracting(PhaseTime::time).noneMatch(Duration::isNegative);
		assertThat(report.phases().stream().map(PhaseTime::time).reduce(Duration.ZERO, Duration::plus))
			.isEqualTo(report.elapsed())
			.isEqualTo(sinceTrigger.elapsed());
		assertThat(report.timeOf(Phase.QUIESCE)).isEqualTo(Duration.ofMillis(54));
		assertThat(report.timeOf(Phase.CLOSE)).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void listenersHearOfEachPhaseWhenItBegins() {
		List<String> begun = new ArrayList<>();
		afterAMinuteOfTraffic();
		this.lifecycle.advanceTo(LifecycleState.READY);
		shutdown(new Refusal(), List.of(new ShutdownListener() {

			@Override
			public void phaseBegun(ShutdownReport report) {
				begun.add(report.phase().id() + " " + report.propagation().id());
			}

		})).shutDown(Trigger.PRE_STOP, Stopwatch.start(this.time));
		assertThat(begun).containsExactly("quiesce pending", "propagation in_progress", "await_sigterm quiet",
				"drain quiet", "close quiet");
	}

	@Test
	void anAbortMakesNoProblemOfTasksThatHaveOnlyJustBegun() {
		this.executor = (task) -> later(Duration.ofMillis(50), task);
		this.participants.add(() -> "streams");
		GracefulShutdown withStreams = readyShutdown();
		later(Duration.ofSeconds(3), withStreams::abort);
		withStreams.shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(report().propagation()).isEqualTo(Propagation.ABORTED);
		assertThat(report().problems()).isEmpty();
	}

	@Test
	void connectionsThatCannotBeCountedAreNotWaitedFor() {
		this.connections = List.of(() -> {
			throw new IllegalStateException("cannot count");
		});
		readyShutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(report().connectionsLeft()).isZero();
		assertThat(report().problems()).isEmpty();
	}

	@Test
	void listenersThatFailAreReportedAndTheRestGoesOn() {
		GracefulShutdown shutdown = shutdown(new Refusal(), List.of(new Broken(), new Recorder()));
		shutdown.shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
		assertThat(report().problems()).extracting(Problem::toString)
			.containsExactly(
					"listener " + Broken.class.getName() + " failed: java.lang.IllegalStateException: quiescing",
					"listener " + Broken.class.getName() + " failed: java.lang.NoClassDefFoundError: draining");
	}

	@Test
	void aListenerThatDoesNotReturnIsReportedAndHoldsUpNothing() {
		this.listeners = (call) -> {
			// A thread that never gets its turn.
		};
		GracefulShutdown shutdown = shutdown();
		shutdown.shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
		assertThat(shutdown.report().map(ShutdownReport::problems).orElseThrow()).extracting(Problem::toString)
			.containsExactly("listener of the readiness event does not end",
					"listener " + Recorder.class.getName() + " does not end");
		assertThat(this.time.elapsed()).isEqualTo(Duration.ofSeconds(3).plus(SECOND_LOOK));
	}

	@Test
	void anExitThatBeginsMeanwhileEndsTheWaitForCodeOfTheUser() {
		this.executor = (task) -> {
			// A task that makes the JVM exit, and waits for the exit.
		};
		this.preStopTasks.put("exit", () -> this.events.add("never"));
		later(Duration.ofSeconds(1), () -> this.jvmExits = true);
		shutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(report().timeOf(Phase.DRAIN)).isBetween(Duration.ofMillis(1500), Duration.ofMillis(1600));
		assertThat(report().problems()).extracting(Problem::toString)
			.containsExactly("pre-stop task exit does not end");
	}

	@Test
	void anExitThatHadBegunBeforeLeavesTasksTheirTime() {
		this.jvmExits = true;
		this.executor = (task) -> later(Duration.ofSeconds(3), task);
		this.preStopTasks.put("lease", () -> this.events.add("lease handed over"));
		shutdown().shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
		assertThat(this.events).contains("lease handed over");
		assertThat(report().problems()).isEmpty();
	}

	private GracefulShutdown shutdown(Readiness readiness, List<ShutdownListener> listeners) {
		return new GracefulShutdown(settings(), this.lifecycle, readiness,
				new ObservedWork(this.inFlight, this.traffic), participants(), listeners, this.time, this.time,
				() -> this.jvmExits);
	}

	private static final class Broken implements ShutdownListener {

		@Override
		public void quiescing(ShutdownReport report) {
			throw new IllegalStateException("quiescing");
		}

		@Override
		public void draining(ShutdownReport report) {
			throw new NoClassDefFoundError("draining");
		}

	}

}

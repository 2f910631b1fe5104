package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.podlifecycle.report.Phase;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.ShutdownReport.ParticipantLoad;
import io.podlifecycle.report.ShutdownReport.PhaseTime;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.shutdown.SupervisedApplication.Policy;
import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Stopwatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class SupervisedApplicationTests extends ShutdownTimeline {

	private static final Duration TOTAL = Duration.ofSeconds(30);

	private final AtomicLong now = new AtomicLong();

	private final CompletableFuture<Integer> halted = new CompletableFuture<>();

	private final Watchdog watchdog = new Watchdog(TOTAL, this.now::get, () -> {
	}, () -> false, this.halted::complete);

	@Test
	void theDeadlineRunsFromTheFirstTrigger() {
		SupervisedApplication application = application(true);
		assertThat(application.trigger()).isEmpty();
		assertThat(application.sinceTrigger()).isZero();
		pass(Duration.ofSeconds(5));
		application.signalled(Trigger.SIGTERM);
		pass(Duration.ofSeconds(10));
		application.signalled(Trigger.SIGINT);
		Deadline end = application.closing();
		assertThat(application.trigger()).contains(Trigger.SIGTERM);
		assertThat(application.sinceTrigger()).isEqualTo(Duration.ofSeconds(10));
		assertThat(end.remaining()).isEqualTo(Duration.ofSeconds(20));
	}

	@Test
	void theTotalOfTheShutdownThatIsAttachedCountsForDeadlineAndWatchdog() throws Exception {
		SupervisedApplication application = application(true);
		application.signalled(Trigger.SIGTERM);
		application.attach(shutdown(), Duration.ofSeconds(12));
		assertThat(application.closing().remaining()).isEqualTo(Duration.ofSeconds(12));
		pass(Duration.ofSeconds(12));
		this.watchdog.start();
		assertThat(this.halted.get()).isEqualTo(SupervisedApplication.OVERDUE);
	}

	@Test
	void whatIsNoStopSignalTriggersNothing() {
		SupervisedApplication application = application(false);
		application.signalled(Trigger.SIGINT);
		application.shutDown(Trigger.SIGINT);
		assertThat(application.trigger()).isEmpty();
		assertThat(application.lifecycle().state()).isEqualTo(LifecycleState.WAITING);
	}

	@Test
	void onlyATerminationCancelsTheStart() {
		SupervisedApplication closed = application(true);
		assertThat(closed.isStartCancelled()).isFalse();
		closed.closing();
		assertThat(closed.isStartCancelled()).isFalse();
		SupervisedApplication stopped = application(true);
		stopped.signalled(Trigger.SIGTERM);
		assertThat(stopped.isStartCancelled()).isTrue();
	}

	@Test
	void theWatchdogOfAnApplicationThatWasClosedEnds() {
		SupervisedApplication application = application(true);
		this.watchdog.start();
		application.closing();
		application.uninstall();
		pass(TOTAL);
		await().until(() -> watchdogs() == 0);
		assertThat(this.halted).isNotDone();
		assertThat(application.lifecycle().state()).isEqualTo(LifecycleState.TERMINATED);
	}

	@Test
	void theWatchdogOfAnApplicationThatWasStoppedWatchesOn() throws Exception {
		SupervisedApplication application = application(true);
		application.signalled(Trigger.SIGTERM);
		application.uninstall();
		pass(TOTAL);
		this.watchdog.start();
		assertThat(this.halted.get()).isEqualTo(SupervisedApplication.OVERDUE);
	}

	@Test
	void aSignalReachesTheShutdownThatWasAttached() {
		SupervisedApplication application = application(true);
		GracefulShutdown shutdown = shutdown();
		application.attach(shutdown, TOTAL);
		later(Duration.ofSeconds(3), () -> application.signalled(Trigger.SIGTERM));
		shutdown.shutDown(Trigger.PRE_STOP, Stopwatch.start(this.time));
		assertThat(this.time.elapsed()).isEqualTo(Duration.ofSeconds(3).plus(SECOND_LOOK));
		GracefulShutdown aborted = shutdown();
		application.attach(aborted, TOTAL);
		Duration start = this.time.elapsed();
		later(Duration.ofSeconds(2), application::abort);
		aborted.shutDown(Trigger.PRE_STOP, Stopwatch.start(this.time));
		assertThat(this.time.elapsed().minus(start)).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void participantsThatHadSomethingLeftAreAskedOnceMoreAfterTheDrain() {
		AtomicInteger records = new AtomicInteger(2);
		this.participants.add(participant("listener", records));
		SupervisedApplication application = application(true);
		assertThat(application.reportAfterDrain()).isEmpty();
		GracefulShutdown shutdown = shutdown();
		application.attach(shutdown, TOTAL);
		assertThat(application.reportAfterDrain()).isEmpty();
		shutdown.shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
		records.set(1);
		assertThat(application.report()).map(ShutdownReport::participants)
			.contains(List.of(new ParticipantLoad("listener", 2)));
		assertThat(application.reportAfterDrain()).map(ShutdownReport::participants)
			.contains(List.of(new ParticipantLoad("listener", 1)));
	}

	@Test
	void withoutASupervisorThePreStopHookShutsDownOnAThreadOfItsOwn() {
		SupervisedApplication application = application(true);
		application.preStop();
		GracefulShutdown shutdown = shutdown();
		application.attach(shutdown, TOTAL);
		application.preStop();
		shutdown.shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(report().trigger()).isEqualTo(Trigger.PRE_STOP);
		assertThat(application.trigger()).contains(Trigger.PRE_STOP);
	}

	@Test
	void theExitCodeIsThatOfATriggerThatEndsTheProcess() {
		SupervisedApplication stopped = application(true);
		assertThat(stopped.isShuttingDown()).isFalse();
		assertThat(stopped.exitCode()).isEmpty();
		stopped.signalled(Trigger.SIGTERM);
		assertThat(stopped.isShuttingDown()).isTrue();
		assertThat(stopped.exitCode()).contains(143);
		SupervisedApplication closed = application(true);
		closed.closing();
		assertThat(closed.exitCode()).isEmpty();
	}

	@Test
	void thereIsAReportFromTheTriggerOn() {
		SupervisedApplication application = application(true);
		assertThat(application.report()).isEmpty();
		application.signalled(Trigger.SIGTERM);
		pass(Duration.ofSeconds(2));
		assertThat(application.report()).hasValueSatisfying((report) -> {
			assertThat(report.trigger()).isEqualTo(Trigger.SIGTERM);
			assertThat(report.elapsed()).isEqualTo(Duration.ofSeconds(2));
			assertThat(report.phases()).extracting(PhaseTime::phase).containsExactly(Phase.CLOSE);
		});
	}

	@Test
	void theCloseOfTheContextRunsTheShutdownThatWasAttached() {
		SupervisedApplication application = application(true);
		application.attach(shutdown(), TOTAL);
		application.closing();
		assertThat(application.report()).hasValueSatisfying((report) -> {
			assertThat(report.trigger()).isEqualTo(Trigger.CONTEXT_CLOSED);
			assertThat(report.phases()).extracting(PhaseTime::phase).contains(Phase.DRAIN);
		});
	}

	@Test
	void withoutSignalsTheirHandlerIsNotMissing() {
		assertThat(application(true).isSignalHandlerMissing()).isTrue();
		assertThat(SupervisedApplication.create(Policy.ofContextOnly(), TOTAL, () -> {
		}).isSignalHandlerMissing()).isFalse();
	}

	private SupervisedApplication application(boolean interruptStops) {
		return new SupervisedApplication(new Policy(true, true, true, interruptStops), TOTAL, this.now::get,
				this.watchdog);
	}

	private void pass(Duration duration) {
		this.now.addAndGet(duration.toNanos());
	}

	private static long watchdogs() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("pod-lifecycle-watchdog"))
			.count();
	}

}

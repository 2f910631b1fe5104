package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.podlifecycle.report.Phase;
import io.podlifecycle.report.Propagation;
import io.podlifecycle.report.ShutdownReport.PeerTotals;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.work.Work;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether there is a propagation delay, and when it ends.
 */
class ShutdownPropagationTests extends ShutdownTimeline {

	@Test
	void withSteadyTrafficThatStopsEndsTheDelayAtItsFloor() {
		afterAMinuteOfTraffic();
		readyShutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(report().propagation()).isEqualTo(Propagation.QUIET);
		assertThat(report().timeOf(Phase.PROPAGATION)).isEqualTo(Duration.ofSeconds(5));
		assertThat(this.events).containsExactly("refused", "quiescing", "draining", "drained");
	}

	@Test
	void lateTrafficProlongsTheDelayByTheQuietPeriod() {
		afterAMinuteOfTraffic();
		for (int tenth = 0; tenth <= 40; tenth++) {
			later(Duration.ofMillis(tenth * 100L), this::arrive);
		}
		readyShutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(report().propagation()).isEqualTo(Propagation.QUIET);
		// Silence is counted in quarters of a second.
		assertThat(report().timeOf(Phase.PROPAGATION)).isBetween(Duration.ofSeconds(6), Duration.ofMillis(6260));
		assertThat(report().work().arrived()).isEqualTo(41);
	}

	@Test
	void trafficThatNeverStopsIsServedUntilTheCap() {
		afterAMinuteOfTraffic();
		for (int second = 0; second <= 20; second++) {
			later(Duration.ofSeconds(second), this::arrive);
		}
		readyShutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(report().propagation()).isEqualTo(Propagation.CAP);
		assertThat(report().timeOf(Phase.PROPAGATION)).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void theReportTellsWhoStillSendsWhileTheDelayLasts() {
		afterAMinuteOfTraffic();
		List<PeerTotals> seen = new ArrayList<>();
		GracefulShutdown shutdown = readyShutdown();
		for (int second : new int[] { 0, 1, 4 }) {
			later(Duration.ofSeconds(second).plusMillis(30), () -> seen.add(shutdown.report().orElseThrow().peers()));
		}
		later(Duration.ofMillis(900), this::arrive);
		shutdown.shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(seen).extracting(PeerTotals::seen).containsExactly(1, 1, 1);
		assertThat(seen).extracting(PeerTotals::sending).containsExactly(1, 1, 0);
	}

	@Test
	void aPauseOfTheProcessIsNoSilence() {
		afterAMinuteOfTraffic();
		later(Duration.ofMillis(4900), () -> {
			this.time.pass(Duration.ofMillis(2300));
			for (int tenth = 1; tenth <= 5; tenth++) {
				later(Duration.ofMillis(tenth * 100L), this::arrive);
			}
		});
		for (int tenth = 0; tenth < 49; tenth++) {
			later(Duration.ofMillis(tenth * 100L), this::arrive);
		}
		readyShutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		// Of a peer whose last request was just before, the pause looks like a gap, too.
		assertThat(report().propagation()).isEqualTo(Propagation.CAP);
	}

	@Test
	void aPreStopSleepCountsTowardsTheDelay() {
		this.preStopDelay = Duration.ofSeconds(4);
		afterAMinuteOfTraffic();
		readyShutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		// A second to the floor, and the quiet period, which has to be observed.
		assertThat(report().timeOf(Phase.PROPAGATION)).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void aPreStopSleepThatIsAssumedDoesNot() {
		this.preStopDelay = Duration.ofSeconds(10);
		this.preStopAssumed = true;
		readyShutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(report().timeOf(Phase.PROPAGATION)).isBetween(Duration.ofSeconds(10), Duration.ofMillis(10_020));
	}

	@Test
	void anApplicationThatWasNeverReadyHasNoDelay() {
		shutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(report().propagation()).isEqualTo(Propagation.NEVER_READY);
		assertThat(this.time.elapsed()).isEqualTo(SECOND_LOOK);
	}

	@Test
	void readinessThatComesAfterTheBeginningDoesNotCount() {
		GracefulShutdown shutdown = shutdown();
		later(Duration.ZERO, () -> this.lifecycle.advanceTo(LifecycleState.READY));
		Work work = this.inFlight.begin("work");
		later(Duration.ofSeconds(1), work::close);
		shutdown.shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(report().propagation()).isEqualTo(Propagation.NEVER_READY);
	}

	@Test
	void theCloseOfTheContextHasNoDelay() {
		afterAMinuteOfTraffic();
		readyShutdown().shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
		assertThat(report().propagation()).isEqualTo(Propagation.NO_STOP_SIGNAL);
	}

	@Test
	void withoutAServerThereIsNoDelay() {
		this.connections = List.of();
		readyShutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(report().propagation()).isEqualTo(Propagation.NO_SERVER);
	}

	@Test
	void whereTheDelayIsOffThereIsNone() {
		this.propagation = Propagation.DISABLED;
		readyShutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(report().propagation()).isEqualTo(Propagation.DISABLED);
	}

	@Test
	void aDelayThatTheGracePeriodEndsIsNotEndedByASignal() {
		this.gracePeriod = Duration.ofSeconds(12);
		readyShutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(report().propagation()).isEqualTo(Propagation.DEADLINE);
	}

}

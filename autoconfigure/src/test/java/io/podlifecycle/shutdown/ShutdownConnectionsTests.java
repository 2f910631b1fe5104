package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.podlifecycle.report.Phase;
import io.podlifecycle.report.ShutdownReport.Problem;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.work.Work;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of the connections of clients.
 */
class ShutdownConnectionsTests extends ShutdownTimeline {

	@Test
	void keptAliveConnectionsAreGivenTimeToClose() {
		afterAMinuteOfTraffic();
		this.open.set(3);
		later(Duration.ofMillis(5500), () -> this.open.set(0));
		readyShutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(report().timeOf(Phase.DRAIN)).isEqualTo(Duration.ofMillis(500));
		assertThat(report().connectionsLeft()).isZero();
	}

	@Test
	void connectionsThatDoNotLeaveAreGivenNoMoreThanTheirShare() {
		afterAMinuteOfTraffic();
		this.open.set(3);
		readyShutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(report().timeOf(Phase.DRAIN)).isEqualTo(Duration.ofSeconds(2));
		assertThat(report().connectionsLeft()).isEqualTo(3);
	}

	@Test
	void openConnectionsDoNotHoldUpTheCloseOfTheContext() {
		this.open.set(3);
		readyShutdown().shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
		assertThat(this.time.elapsed()).isEqualTo(SECOND_LOOK);
	}

	@Test
	void clientsAreAskedToCloseAtOnceAndAgainEachSecondUntilTheyHave() {
		List<Duration> asked = new ArrayList<>();
		this.connections = List.of(connections(() -> asked.add(this.time.elapsed())));
		this.open.set(1);
		afterAMinuteOfTraffic();
		later(Duration.ofMillis(6_500), () -> this.open.set(0));
		Duration start = this.time.elapsed();
		readyShutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(asked).extracting((time) -> time.minus(start).toMillis() / 1000)
			.containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
		assertThat(report().connectionsLeft()).isZero();
	}

	@Test
	void aServerThatHangsWhileItAsksIsNotAskedAgainAndHoldsUpNothing() {
		List<Runnable> hanging = new ArrayList<>();
		this.connections = List.of(connections(() -> {
		}));
		this.executor = hanging::add;
		afterAMinuteOfTraffic();
		readyShutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(hanging).hasSize(1);
		assertThat(report().problems()).extracting(Problem::toString)
			.containsExactly("request to close connections does not end");
	}

	@Test
	void aRoundThatHasOnlyJustBegunDoesNotHang() {
		this.connections = List.of(connections(() -> this.events.add("asked")));
		this.executor = (step) -> later(Duration.ofMillis(50), step);
		this.open.set(1);
		afterAMinuteOfTraffic();
		later(Duration.ofSeconds(6), () -> this.open.set(0));
		readyShutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		// With the rest of that round.
		assertThat(report().timeOf(Phase.DRAIN)).isEqualTo(Duration.ofMillis(1060));
		assertThat(this.events).filteredOn("asked"::equals).hasSize(7);
		assertThat(report().problems()).isEmpty();
	}

	@Test
	void withoutADelayNobodyIsAskedToClose() {
		List<Duration> asked = new ArrayList<>();
		this.connections = List.of(connections(() -> asked.add(this.time.elapsed())));
		readyShutdown().shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
		assertThat(asked).isEmpty();
	}

	private Connections connections(Runnable requestClose) {
		return new Connections() {

			@Override
			public long open() {
				return ShutdownConnectionsTests.this.open.get();
			}

			@Override
			public void requestClose() {
				requestClose.run();
			}

		};
	}

	@Test
	void connectionsAreCountedAtTheStart() {
		this.open.set(3);
		afterAMinuteOfTraffic();
		later(Duration.ofSeconds(1), () -> this.open.set(0));
		readyShutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(report().connectionsAtStart()).isEqualTo(3);
	}

	@Test
	void clientsThatHaveLeftDoNotEndTheDrainOfTheirRequests() {
		afterAMinuteOfTraffic();
		Work work = this.inFlight.begin("work");
		later(Duration.ofSeconds(8), work::close);
		readyShutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(report().timeOf(Phase.DRAIN)).isEqualTo(Duration.ofSeconds(3).plus(SECOND_LOOK));
		assertThat(report().work().inFlight()).isZero();
	}

	@Test
	void anAbortEndsTheTimeToClose() {
		afterAMinuteOfTraffic();
		this.open.set(3);
		GracefulShutdown shutdown = readyShutdown();
		later(Duration.ofSeconds(6), shutdown::abort);
		shutdown.shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(report().timeOf(Phase.DRAIN)).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void aRoundThatHangsIsGivenHalfASecondAndAfterAnAbortNone() {
		this.connections = List.of(connections(() -> {
		}));
		this.executor = (step) -> {
			// A thread that never gets its turn.
		};
		afterAMinuteOfTraffic();
		Duration start = this.time.elapsed();
		readyShutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(this.time.elapsed().minus(start)).isEqualTo(Duration.ofMillis(5500).plus(SECOND_LOOK));
		start = this.time.elapsed();
		GracefulShutdown shutdown = readyShutdown();
		shutdown.abort();
		shutdown.shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(this.time.elapsed()).isEqualTo(start);
	}

}

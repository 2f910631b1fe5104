package io.podlifecycle.drain;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.podlifecycle.drain.DrainReport.Propagation;
import io.podlifecycle.drain.PropagationDelay.Mode;
import io.podlifecycle.time.FakeTime;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The way out on a timeline. Grace period 30 s, reserve 2 s, close timeout 5 s,
 * propagation from 5 to 10 s with a quiet period of 2 s, connection linger 2 s.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ShutdownSequenceTests {

	private final FakeTime time = new FakeTime();

	private final InFlight inFlight = new InFlight(this.time);

	private final Traffic traffic = new Traffic(this.time);

	private final AtomicInteger open = new AtomicInteger();

	private final List<String> events = new ArrayList<>();

	private final List<Participant> participants = new ArrayList<>();

	private final Map<String, PreStopTask> preStopTasks = new HashMap<>();

	private Executor executor = Runnable::run;

	private List<Connections> connections = List.of(this.open::get);

	private RefuseReadiness refuseReadiness = RefuseReadiness.IMMEDIATELY;

	private Duration preStopDelay = Duration.ZERO;

	private boolean delayEnabled = true;

	private @Nullable DrainReport report;

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
		assertThat(this.time.elapsed()).isZero();
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
	void waitsForWorkInFlight() {
		Work work = this.inFlight.begin("work");
		later(Duration.ofSeconds(3), work::close);
		sequence().leave(ShutdownCause.CONTEXT_CLOSED);
		assertThat(report().timeOf(Phase.DRAIN)).isEqualTo(Duration.ofSeconds(3));
		assertThat(report().work().inFlightAtStart()).isEqualTo(1);
		assertThat(report().work().inFlight()).isZero();
	}

	@Test
	void workThatNeverEndsIsCutOffInTimeToCloseTheContext() {
		afterAMinuteOfTraffic();
		this.inFlight.begin("work");
		Duration start = this.time.elapsed();
		readySequence().leave(ShutdownCause.SIGTERM);
		assertThat(report().work().inFlight()).isEqualTo(1);
		assertThat(this.time.elapsed().minus(start)).isBetween(Duration.ofSeconds(17), Duration.ofSeconds(23));
	}

	@Test
	void keptAliveConnectionsAreGivenTimeToLeave() {
		afterAMinuteOfTraffic();
		this.open.set(3);
		later(Duration.ofMillis(5500), () -> this.open.set(0));
		readySequence().leave(ShutdownCause.SIGTERM);
		assertThat(report().timeOf(Phase.DRAIN)).isEqualTo(Duration.ofMillis(500));
		assertThat(report().connectionsLeft()).isZero();
	}

	@Test
	void connectionsThatDoNotLeaveAreGivenNoMoreThanTheirShare() {
		afterAMinuteOfTraffic();
		this.open.set(3);
		readySequence().leave(ShutdownCause.SIGTERM);
		assertThat(report().timeOf(Phase.DRAIN)).isEqualTo(Duration.ofSeconds(2));
		assertThat(report().connectionsLeft()).isEqualTo(3);
	}

	@Test
	void openConnectionsDoNotHoldUpTheCloseOfTheContext() {
		this.open.set(3);
		readySequence().leave(ShutdownCause.CONTEXT_CLOSED);
		assertThat(this.time.elapsed()).isZero();
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
	void participantsQuiesceAtOnceAndDrainAfterTheDelay() {
		this.participants.add(participant("stream", new AtomicInteger()));
		this.preStopTasks.put("lease", () -> this.events.add("lease handed over"));
		afterAMinuteOfTraffic();
		later(Duration.ofSeconds(4), () -> this.events.add("4 s"));
		readySequence().leave(ShutdownCause.SIGTERM);
		assertThat(this.events).containsExactly("refused", "quiescing", "lease handed over", "stream quiesces", "4 s",
				"draining", "stream drains", "drained");
	}

	@Test
	void theDrainLastsUntilAllParticipantsAreIdle() {
		AtomicInteger records = new AtomicInteger(2);
		this.participants.add(participant("listener", records));
		later(Duration.ofSeconds(3), () -> records.set(0));
		sequence().leave(ShutdownCause.CONTEXT_CLOSED);
		assertThat(report().timeOf(Phase.DRAIN)).isEqualTo(Duration.ofSeconds(3));
		assertThat(report().participants()).containsExactly(new ParticipantLoad("listener", 0));
	}

	@Test
	void whatAParticipantHasLeftIsReported() {
		this.participants.add(participant("listener", new AtomicInteger(2)));
		sequence().leave(ShutdownCause.CONTEXT_CLOSED);
		assertThat(report().participants()).containsExactly(new ParticipantLoad("listener", 2));
	}

	@Test
	void aParticipantOrTaskThatFailsIsReportedAndTheRestGoesOn() {
		this.preStopTasks.put("lease", () -> {
			throw new IOException("no network");
		});
		this.participants.add(new Participant() {

			@Override
			public String name() {
				return "broken";
			}

			@Override
			public void drain() {
				throw new NoClassDefFoundError("gone");
			}

			@Override
			public long inFlight() {
				throw new IllegalStateException("cannot count");
			}

		});
		this.participants.add(participant("stream", new AtomicInteger()));
		sequence().leave(ShutdownCause.CONTEXT_CLOSED);
		assertThat(this.events).contains("stream quiesces", "stream drains");
		assertThat(report().problems()).containsExactly("pre-stop task lease failed: java.io.IOException: no network",
				"drain of broken failed: java.lang.NoClassDefFoundError: gone");
	}

	@Test
	void aTaskThatDoesNotEndIsWaitedForNoLongerThanItsTimeout() {
		this.executor = (step) -> {
			// A thread that never gets its turn.
		};
		this.preStopTasks.put("lease", () -> this.events.add("never"));
		sequence().leave(ShutdownCause.CONTEXT_CLOSED);
		assertThat(report().timeOf(Phase.DRAIN)).isEqualTo(Duration.ofSeconds(4));
		assertThat(report().problems()).containsExactly("pre-stop task lease does not end");
	}

	@Test
	void whatIsCutOffIsNamedTheOldestFirst() {
		this.inFlight.begin("import");
		this.time.pass(Duration.ofSeconds(1));
		this.inFlight.begin("export");
		sequence().leave(ShutdownCause.CONTEXT_CLOSED);
		assertThat(report().work().oldest()).extracting(WorkSnapshot::description).containsExactly("import", "export");
		assertThat(report().work().oldest().get(0).age()).isGreaterThan(Duration.ofSeconds(1));
		assertThat(report().work().oldest().get(0).stack()).anyMatch((frame) -> frame.contains("Work.stack"));
	}

	private Participant participant(String name, AtomicInteger inFlight) {
		return new Participant() {

			@Override
			public String name() {
				return name;
			}

			@Override
			public void quiesce() {
				ShutdownSequenceTests.this.events.add(name + " quiesces");
			}

			@Override
			public void drain() {
				ShutdownSequenceTests.this.events.add(name + " drains");
			}

			@Override
			public long inFlight() {
				return inFlight.get();
			}

		};
	}

	@Test
	void clientsAreAskedToLeaveAtOnceAndAgainEachSecondUntilTheyHaveLeft() {
		List<Duration> asked = new ArrayList<>();
		this.connections = List.of(connections(() -> asked.add(this.time.elapsed())));
		this.open.set(1);
		afterAMinuteOfTraffic();
		later(Duration.ofMillis(6_500), () -> this.open.set(0));
		Duration start = this.time.elapsed();
		readySequence().leave(ShutdownCause.SIGTERM);
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
		readySequence().leave(ShutdownCause.SIGTERM);
		assertThat(hanging).hasSize(1);
		assertThat(report().problems()).containsExactly("farewell to clients does not end");
	}

	@Test
	void withoutADelayNobodyIsAskedToLeave() {
		List<Duration> asked = new ArrayList<>();
		this.connections = List.of(connections(() -> asked.add(this.time.elapsed())));
		readySequence().leave(ShutdownCause.CONTEXT_CLOSED);
		assertThat(asked).isEmpty();
	}

	private Connections connections(Runnable askToLeave) {
		return new Connections() {

			@Override
			public long open() {
				return ShutdownSequenceTests.this.open.get();
			}

			@Override
			public void askToLeave() {
				askToLeave.run();
			}

		};
	}

	private Participants participants() {
		return new Participants(this.participants, this.preStopTasks, this.connections, this.executor);
	}

	private static Participants noParticipants() {
		return new Participants(List.of(), Map.of(), List.of(), Runnable::run);
	}

	private void afterAMinuteOfTraffic() {
		for (int i = 0; i < 600; i++) {
			this.traffic.arrived();
			this.time.pass(Duration.ofMillis(100));
		}
	}

	private void later(Duration fromNow, Runnable action) {
		this.time.at(this.time.elapsed().plus(fromNow), action);
	}

	private ShutdownSequence readySequence() {
		ShutdownSequence sequence = sequence();
		sequence.ready();
		return sequence;
	}

	private ShutdownSequence sequence() {
		return new ShutdownSequence(settings(), () -> this.events.add("refused"),
				new ObservedWork(this.inFlight, this.traffic), participants(), new Recorder(), this.time, this.time);
	}

	private ShutdownSettings settings() {
		Duration propagationMax = Duration.ofSeconds(10);
		GraceBudget budget = new GraceBudget(Duration.ofSeconds(30), this.preStopDelay, Duration.ofSeconds(2),
				propagationMax, Duration.ofSeconds(5), Duration.ofSeconds(13));
		PropagationDelay delay = new PropagationDelay(Mode.ADAPTIVE, Duration.ofSeconds(5), propagationMax,
				Duration.ofSeconds(2));
		return new ShutdownSettings(budget, delay, this.delayEnabled, this.refuseReadiness, Duration.ofSeconds(4),
				Duration.ofSeconds(2));
	}

	private DrainReport report() {
		assertThat(this.report).isNotNull();
		return this.report;
	}

	private final class Recorder implements ShutdownListener {

		@Override
		public void quiescing(DrainReport report) {
			ShutdownSequenceTests.this.events.add("quiescing");
		}

		@Override
		public void draining(DrainReport report) {
			ShutdownSequenceTests.this.events.add("draining");
		}

		@Override
		public void drained(DrainReport report) {
			ShutdownSequenceTests.this.events.add("drained");
			ShutdownSequenceTests.this.report = report;
		}

	}

}

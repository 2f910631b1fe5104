package io.podlifecycle.shutdown;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.podlifecycle.report.Phase;
import io.podlifecycle.report.ShutdownReport.ParticipantLoad;
import io.podlifecycle.report.ShutdownReport.Problem;
import io.podlifecycle.report.ShutdownReport.WorkSnapshot;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.work.Work;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of the work in flight, of participants and of pre-stop tasks.
 */
class ShutdownParticipantsTests extends ShutdownTimeline {

	@Test
	void waitsForWorkInFlight() {
		Work work = this.inFlight.begin("work");
		later(Duration.ofSeconds(3), work::close);
		shutdown().shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
		assertThat(report().timeOf(Phase.DRAIN)).isEqualTo(Duration.ofSeconds(3).plus(SECOND_LOOK));
		assertThat(report().work().inFlightAtStart()).isEqualTo(1);
		assertThat(report().work().inFlight()).isZero();
	}

	@Test
	void workThatNeverEndsIsCutOffInTimeToCloseTheContext() {
		afterAMinuteOfTraffic();
		this.inFlight.begin("work");
		Duration start = this.time.elapsed();
		readyShutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(report().work().inFlight()).isEqualTo(1);
		assertThat(this.time.elapsed().minus(start)).isBetween(Duration.ofSeconds(17), Duration.ofSeconds(23));
	}

	@Test
	void participantsQuiesceAtOnceAndDrainAfterTheDelay() {
		this.participants.add(participant("stream", new AtomicInteger()));
		this.preStopTasks.put("lease", () -> this.events.add("lease handed over"));
		afterAMinuteOfTraffic();
		later(Duration.ofSeconds(4), () -> this.events.add("4 s"));
		readyShutdown().shutDown(Trigger.SIGTERM, Stopwatch.start(this.time));
		assertThat(this.events).containsExactly("refused", "quiescing", "lease handed over", "stream quiesces", "4 s",
				"draining", "stream drains", "drained");
	}

	@Test
	void theDrainLastsUntilAllParticipantsAreIdle() {
		AtomicInteger records = new AtomicInteger(2);
		this.participants.add(participant("listener", records));
		later(Duration.ofSeconds(3), () -> records.set(0));
		shutdown().shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
		assertThat(report().timeOf(Phase.DRAIN)).isEqualTo(Duration.ofSeconds(3).plus(SECOND_LOOK));
		assertThat(report().participants()).containsExactly(new ParticipantLoad("listener", 0));
	}

	@Test
	void whatAParticipantHasLeftIsReported() {
		this.participants.add(participant("listener", new AtomicInteger(2)));
		shutdown().shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
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
				throw new NoClassDefFoundError("absent");
			}

			@Override
			public long inFlight() {
				throw new IllegalStateException("cannot count");
			}

		});
		this.participants.add(participant("stream", new AtomicInteger()));
		shutdown().shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
		assertThat(this.events).contains("stream quiesces", "stream drains");
		assertThat(report().problems()).extracting(Problem::toString)
			.containsExactly("pre-stop task lease failed: java.io.IOException: no network",
					"drain of broken failed: java.lang.NoClassDefFoundError: absent");
	}

	@Test
	void aTaskThatDoesNotEndIsWaitedForNoLongerThanItsTimeout() {
		this.executor = (step) -> {
			// A thread that never gets its turn.
		};
		this.preStopTasks.put("lease", () -> this.events.add("never"));
		shutdown().shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
		assertThat(report().timeOf(Phase.DRAIN)).isEqualTo(Duration.ofSeconds(4).plus(SECOND_LOOK));
		assertThat(report().problems()).extracting(Problem::toString)
			.containsExactly("pre-stop task lease does not end");
	}

	@Test
	void whatIsCutOffIsNamedTheOldestFirst() {
		this.inFlight.begin("import");
		this.time.pass(Duration.ofSeconds(1));
		this.inFlight.begin("export");
		shutdown().shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
		assertThat(report().work().oldest()).extracting(WorkSnapshot::description).containsExactly("import", "export");
		assertThat(report().work().oldest().get(0).age()).isGreaterThan(Duration.ofSeconds(1));
		assertThat(report().work().oldest().get(0).stack()).anyMatch((frame) -> frame.contains("Work.stack"));
	}

	@Test
	void aParticipantThatDoesNotSayWhatIsInFlightIsWaitedForASecondAndReported() {
		this.questions = (question) -> {
			// A thread that never gets its turn.
		};
		this.participants.add(participant("silent", new AtomicInteger(2)));
		shutdown().shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
		assertThat(report().timeOf(Phase.DRAIN)).isBetween(Duration.ofSeconds(1), Duration.ofMillis(2100));
		assertThat(report().problems()).extracting(Problem::toString)
			.containsExactly("participant silent does not say what is in flight");
	}

	@Test
	void aParticipantThatAnswersSlowlyIsWaitedForUntilItIsIdle() {
		AtomicInteger records = new AtomicInteger(2);
		this.questions = (question) -> later(Duration.ofMillis(30), question);
		this.participants.add(participant("slow", records));
		later(Duration.ofSeconds(3), () -> records.set(0));
		shutdown().shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
		assertThat(report().timeOf(Phase.DRAIN)).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3200));
	}

	@Test
	void whatAParticipantHasLeftIsReportedBesidesARequestThatIsCutOff() {
		this.inFlight.begin("request");
		this.participants.add(participant("listener", new AtomicInteger(2)));
		shutdown().shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
		assertThat(report().participants()).containsExactly(new ParticipantLoad("listener", 2));
	}

	@Test
	void aTaskThatEndsLaterIsWaitedFor() {
		this.executor = (step) -> later(Duration.ofSeconds(3), step);
		this.preStopTasks.put("lease", () -> this.events.add("lease handed over"));
		shutdown().shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
		assertThat(report().timeOf(Phase.DRAIN)).isEqualTo(Duration.ofSeconds(3).plus(SECOND_LOOK));
		assertThat(report().problems()).isEmpty();
	}

	@Test
	void aParticipantThatIsSlowToDrainIsWaitedForAsLongAsADrainMayLast() {
		List<Runnable> steps = new ArrayList<>();
		this.executor = steps::add;
		this.participants.add(participant("stream", new AtomicInteger()));
		later(Duration.ofSeconds(2), () -> steps.remove(0).run());
		later(Duration.ofSeconds(9), () -> steps.remove(0).run());
		shutdown().shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
		assertThat(report().timeOf(Phase.DRAIN)).isEqualTo(Duration.ofSeconds(9).plus(SECOND_LOOK));
		steps.clear();
		shutdown().shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
		assertThat(report().timeOf(Phase.DRAIN)).isEqualTo(Duration.ofSeconds(13));
		assertThat(report().problems()).extracting(Problem::toString)
			.containsExactly("quiesce of stream does not end", "drain of stream does not end");
	}

	@Test
	void aTaskThatIsStillAtItIsInterruptedInTheEnd() throws InterruptedException {
		CountDownLatch interrupted = new CountDownLatch(1);
		CountDownLatch running = new CountDownLatch(1);
		this.executor = Participants.threadPerTask(null);
		this.preStopTasks.put("lease", () -> {
			try {
				running.countDown();
				new CountDownLatch(1).await();
			}
			finally {
				interrupted.countDown();
			}
		});
		later(Duration.ofSeconds(1), () -> await().until(() -> running.getCount() == 0));
		shutdown().shutDown(Trigger.CONTEXT_CLOSED, Stopwatch.start(this.time));
		assertThat(report().problems()).extracting(Problem::toString)
			.containsExactly("pre-stop task lease does not end");
		assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
	}

}

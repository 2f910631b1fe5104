package io.podlifecycle.task;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.podlifecycle.shutdown.Participant;
import io.podlifecycle.shutdown.Participants;
import io.podlifecycle.task.PeriodicPolls.Beans;
import io.podlifecycle.task.PeriodicPolls.Kind;
import io.podlifecycle.task.PeriodicPolls.Poll;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.work.Work;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

import static io.podlifecycle.Conditions.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes seconds, since real schedulers have to show that nothing begins.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ScheduledTasksTests {

	private final PeriodicPolls polls = new PeriodicPolls();

	private final List<ScheduledTasks> draining = new ArrayList<>();

	@AfterEach
	void endDrains() {
		this.draining.forEach(ScheduledTasks::giveUp);
	}

	@ParameterizedTest
	@EnumSource
	void whileOtherWorkIsInFlightATaskGoesOn(Kind kind) {
		Work request = this.polls.inFlight.begin("GET /");
		try (AnnotationConfigApplicationContext context = this.polls.start(kind)) {
			ScheduledTasks tasks = draining(context);
			Poll poll = context.getBean(Poll.class);
			poll.goOn();
			int runs = poll.runs.get();
			await(() -> {
				tasks.inFlight();
				return poll.runs.get() > runs + 2;
			});
		}
		request.close();
	}

	@ParameterizedTest
	@EnumSource
	void whenOtherWorkIsDoneOnlyWhatRunsIsWaitedFor(Kind kind) throws Exception {
		try (AnnotationConfigApplicationContext context = this.polls.start(kind)) {
			ScheduledTasks tasks = draining(context);
			Poll poll = context.getBean(Poll.class);
			assertThat(tasks.inFlight()).isPositive();
			PeriodicPolls.awaitEnd(poll, kind, tasks::inFlight);
			assertThat(poll.interrupted).isFalse();
		}
	}

	@Test
	void itGoesOnWhileAnotherParticipantHasWork() {
		AtomicInteger other = new AtomicInteger(1);
		try (AnnotationConfigApplicationContext context = this.polls.start(Kind.FIXED_DELAY)) {
			ScheduledTasks tasks = new ScheduledTasks(context.getBeanFactory(), List.of(), List.of(),
					this.polls.inFlight, () -> Stream.of(participant(other)), () -> 0, Sleeper.system());
			drain(tasks);
			Poll poll = context.getBean(Poll.class);
			poll.goOn();
			await(() -> tasks.inFlight() >= 0 && poll.runs.get() > 5);
			other.set(0);
			await(() -> tasks.inFlight() == 0);
		}
	}

	@ParameterizedTest
	@EnumSource
	void looksEndNothing(Kind kind) {
		try (AnnotationConfigApplicationContext context = this.polls.start(kind)) {
			ScheduledTasks tasks = this.polls.tasks(context);
			Participants participants = new Participants(List.of(tasks), Map.of(), List.of(), Runnable::run);
			Poll poll = context.getBean(Poll.class);
			poll.goOn();
			int runs = poll.runs.get();
			for (int i = 0; i < 1000; i++) {
				participants.load();
			}
			await(() -> poll.runs.get() > runs + 2);
		}
	}

	/** The drain may look rarely, and others look, too. */
	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "ANNOTATED_CRON")
	void theDrainEndsTasksWithoutALook(Kind kind) throws InterruptedException {
		try (AnnotationConfigApplicationContext context = this.polls.start(kind)) {
			draining(context);
			PeriodicPolls.awaitEnd(context.getBean(Poll.class), kind, () -> 0);
		}
	}

	@Test
	void beforeTheDrainNothingEnds() {
		try (AnnotationConfigApplicationContext context = this.polls.start(Kind.ANNOTATED)) {
			ScheduledTasks tasks = this.polls.tasks(context);
			tasks.quiesce();
			Poll poll = context.getBean(Poll.class);
			poll.goOn();
			await(() -> tasks.inFlight() >= 0 && poll.runs.get() > 5);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void springDoesNotWaitForWhatWasGivenUp(boolean givenUp) {
		try (AnnotationConfigApplicationContext context = this.polls.start(Kind.FIXED_DELAY)) {
			ScheduledTasks tasks = draining(context);
			assertThat(tasks.inFlight()).isEqualTo(1);
			await(() -> tasks.outcome().equals("taskScheduler"));
			if (givenUp) {
				tasks.giveUp();
			}
			// It waits for schedulers that are running.
			assertThat(context.getBean("taskScheduler", ThreadPoolTaskScheduler.class).isRunning()).isEqualTo(!givenUp);
			context.getBean(Poll.class).goOn();
		}
	}

	@Test
	void aTaskOfAPlainPoolThatIsInterruptedIsCutOff() {
		try (AnnotationConfigApplicationContext context = this.polls.start(Kind.PLAIN_POOL_FIXED_DELAY)) {
			ScheduledTasks tasks = draining(context);
			await(() -> tasks.inFlight() == 1);
			assertThat(tasks.aborted()).isZero();
			tasks.giveUp();
			await(() -> tasks.aborted() == 1 && tasks.inFlight() == 0);
			assertThat(context.getBean(Poll.class).interrupted).isTrue();
		}
	}

	@Test
	void whatIsScheduledForLaterIsNotInFlight() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Beans.class)) {
			Future<?> later = context.getBean("taskScheduler", TaskScheduler.class)
				.schedule(context.getBean(Poll.class), Instant.now().plusSeconds(3600));
			ScheduledTasks tasks = draining(context);
			// A pool counts a thread that starts as busy.
			await(() -> tasks.inFlight() == 0);
			assertThat(later).isNotDone();
		}
	}

	@Test
	void aTaskThatIsDueIsWaitedForAndItsSchedulerGoesOn() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Beans.class)) {
			ThreadPoolTaskScheduler scheduler = context.getBean(ThreadPoolTaskScheduler.class);
			scheduler.setPoolSize(1);
			Poll poll = context.getBean(Poll.class);
			scheduler.execute(poll);
			poll.awaitBegun();
			scheduler.execute(poll);
			ScheduledTasks tasks = draining(context);
			await(() -> tasks.inFlight() == 2);
			poll.goOn();
			// Between its queue and its thread a task is nowhere for a moment.
			await(() -> tasks.inFlight() == 0 && poll.runs.get() == 2);
			assertThat(scheduler.submit(() -> "still works")).succeedsWithin(Duration.ofSeconds(30));
		}
	}

	@Test
	void anIgnoredSchedulerIsLeftAlone() {
		try (AnnotationConfigApplicationContext context = this.polls.start(Kind.FIXED_DELAY)) {
			ScheduledTasks tasks = new ScheduledTasks(context.getBeanFactory(), List.of("taskScheduler"), List.of(),
					this.polls.inFlight, Stream::empty, () -> 0, Sleeper.system());
			drain(tasks);
			await(() -> tasks.inFlight() == 0);
			Poll poll = context.getBean(Poll.class);
			poll.goOn();
			await(() -> tasks.inFlight() == 0 && poll.runs.get() > 5);
		}
	}

	private ScheduledTasks draining(ConfigurableApplicationContext context) {
		return drain(this.polls.tasks(context));
	}

	private ScheduledTasks drain(ScheduledTasks tasks) {
		this.draining.add(tasks);
		tasks.quiesce();
		tasks.drain();
		return tasks;
	}

	private static Participant participant(AtomicInteger load) {
		return new Participant() {

			@Override
			public String name() {
				return "other";
			}

			@Override
			public long inFlight() {
				return load.get();
			}

		};
	}

}

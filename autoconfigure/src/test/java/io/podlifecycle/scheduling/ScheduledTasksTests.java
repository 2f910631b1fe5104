package io.podlifecycle.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.podlifecycle.drain.InFlight;
import io.podlifecycle.drain.Participant;
import io.podlifecycle.drain.Work;
import io.podlifecycle.time.Ticker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.support.PeriodicTrigger;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ScheduledTasksTests {

	private static final Duration MILLISECOND = Duration.ofMillis(1);

	private static final Duration LONGER = Duration.ofMillis(20);

	private final InFlight inFlight = new InFlight(Ticker.system());

	private final ThreadPerTaskDecorator decorator = new ThreadPerTaskDecorator();

	private final List<@Nullable Future<?>> begun = new ArrayList<>();

	@ParameterizedTest
	@EnumSource
	void whileOtherWorkIsInFlightATaskGoesOn(Kind kind) {
		Work request = this.inFlight.begin("GET /");
		try (AnnotationConfigApplicationContext context = start(kind)) {
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
		try (AnnotationConfigApplicationContext context = start(kind)) {
			ScheduledTasks tasks = draining(context);
			Poll poll = context.getBean(Poll.class);
			assertThat(tasks.inFlight()).isPositive();
			await(() -> {
				poll.end.release();
				// As the drain, which needs two rounds in a row.
				long inFlight = tasks.inFlight();
				return inFlight + tasks.inFlight() == 0;
			});
			assertThat(poll.interrupted).isFalse();
			assertNothingBegins(poll, kind);
		}
	}

	@Test
	void itGoesOnWhileAnotherParticipantHasWork() {
		AtomicInteger other = new AtomicInteger(1);
		try (AnnotationConfigApplicationContext context = start(Kind.FIXED_DELAY)) {
			ScheduledTasks tasks = new ScheduledTasks(context.getBeanFactory(), List.of(), List.of(), this.inFlight,
					() -> Stream.of(participant(other)), () -> 0);
			tasks.quiesce();
			tasks.drain();
			Poll poll = context.getBean(Poll.class);
			poll.goOn();
			await(() -> tasks.inFlight() >= 0 && poll.runs.get() > 5);
			other.set(0);
			await(() -> tasks.inFlight() == 0);
		}
	}

	@Test
	void beforeTheDrainNothingEnds() {
		try (AnnotationConfigApplicationContext context = start(Kind.ANNOTATED)) {
			ScheduledTasks tasks = tasks(context);
			tasks.quiesce();
			Poll poll = context.getBean(Poll.class);
			poll.goOn();
			await(() -> tasks.inFlight() >= 0 && poll.runs.get() > 5);
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { Intake.class, ReactiveIntake.class })
	void anAnnotatedTaskStopsOnQuiesceAndOthersDoNot(Class<?> intake) throws Exception {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Beans.class,
				AnnotatedPoll.class, intake)) {
			assertOnlyIntakeStops(context, tasks(context));
		}
	}

	@Test
	void aBeanThatIsNamedStopsOnQuiesceAndOthersDoNot() throws Exception {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Beans.class,
				AnnotatedPoll.class)) {
			context.registerBean("namedIntake", NamedIntake.class);
			context.getBean("namedIntake");
			assertOnlyIntakeStops(context, tasks(context, "namedIntake"));
		}
	}

	private void assertOnlyIntakeStops(ConfigurableApplicationContext context, ScheduledTasks tasks) throws Exception {
		Poll poll = context.getBean(Poll.class);
		Claims claims = context.getBean(Claims.class);
		poll.goOn();
		await(() -> claims.count.get() > 0);
		tasks.quiesce();
		await(() -> tasks.inFlight() >= 0 && poll.runs.get() > 5);
		int before = claims.count.get();
		int runs = poll.runs.get();
		await(() -> poll.runs.get() > runs + 50);
		assertThat(claims.count).hasValueLessThanOrEqualTo(before + 1);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "ANNOTATED", "ANNOTATED_CRON" })
	void aSchedulerThatIsNamedStopsOnQuiesce(Kind kind) throws Exception {
		try (AnnotationConfigApplicationContext context = start(kind)) {
			ScheduledTasks tasks = tasks(context, "taskScheduler", "threadPerTask", "pool");
			tasks.quiesce();
			Poll poll = context.getBean(Poll.class);
			poll.goOn();
			assertNothingBegins(poll, kind);
			assertThat(poll.interrupted).isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void springDoesNotWaitForWhatWasGivenUp(boolean givenUp) {
		try (AnnotationConfigApplicationContext context = start(Kind.FIXED_DELAY)) {
			ScheduledTasks tasks = draining(context);
			assertThat(tasks.inFlight()).isEqualTo(1);
			assertThat(tasks.outcome()).isEqualTo("taskScheduler");
			if (givenUp) {
				tasks.giveUp();
			}
			// It waits for schedulers that are running.
			assertThat(context.getBean("taskScheduler", ThreadPoolTaskScheduler.class).isRunning()).isEqualTo(!givenUp);
			context.getBean(Poll.class).goOn();
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
		try (AnnotationConfigApplicationContext context = start(Kind.FIXED_DELAY)) {
			ScheduledTasks tasks = new ScheduledTasks(context.getBeanFactory(), List.of("taskScheduler"), List.of(),
					this.inFlight, Stream::empty, () -> 0);
			tasks.quiesce();
			tasks.drain();
			assertThat(tasks.inFlight()).isZero();
			Poll poll = context.getBean(Poll.class);
			poll.goOn();
			await(() -> tasks.inFlight() == 0 && poll.runs.get() > 5);
		}
	}

	private AnnotationConfigApplicationContext start(Kind kind) {
		Class<?>[] classes = (kind == Kind.ANNOTATED) ? new Class<?>[] { Beans.class, AnnotatedPoll.class }
				: (kind == Kind.ANNOTATED_CRON) ? new Class<?>[] { Beans.class, CronPoll.class }
						: new Class<?>[] { Beans.class };
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(classes);
		context.getBean(SimpleAsyncTaskScheduler.class).setTaskDecorator(this.decorator);
		Poll poll = context.getBean(Poll.class);
		this.begun.add(kind.begin(context, poll));
		poll.awaitBegun();
		return context;
	}

	private ScheduledTasks draining(ConfigurableApplicationContext context) {
		ScheduledTasks tasks = tasks(context);
		tasks.quiesce();
		tasks.drain();
		return tasks;
	}

	private ScheduledTasks tasks(ConfigurableApplicationContext context, String... stopOnQuiesce) {
		return new ScheduledTasks(context.getBeanFactory(), List.of(), List.of(stopOnQuiesce), this.inFlight,
				Stream::empty, this.decorator::scheduled);
	}

	private static void assertNothingBegins(Poll poll, Kind kind) throws Exception {
		// The run that was just about to begin.
		goOnAfter(poll, 100);
		int runs = poll.runs.get();
		goOnAfter(poll, kind.longestPause());
		assertThat(poll.runs).hasValue(runs);
	}

	private static void goOnAfter(Poll poll, long ms) throws Exception {
		CompletableFuture.runAsync(poll::goOn, CompletableFuture.delayedExecutor(ms, TimeUnit.MILLISECONDS)).get();
	}

	private static void await(BooleanSupplier condition) {
		while (!condition.getAsBoolean()) {
			Thread.onSpinWait();
		}
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

	/**
	 * The ways to schedule a task again and again.
	 */
	enum Kind {

		ANNOTATED, ANNOTATED_CRON, FIXED_DELAY, FIXED_RATE, TRIGGER, THREAD_PER_TASK_FIXED_DELAY,
		THREAD_PER_TASK_FIXED_RATE, THREAD_PER_TASK_TRIGGER, PLAIN_POOL_FIXED_DELAY, PLAIN_POOL_FIXED_RATE;

		@Nullable Future<?> begin(ConfigurableApplicationContext context, Runnable task) {
			return switch (this) {
				case ANNOTATED, ANNOTATED_CRON -> null;
				case FIXED_DELAY -> scheduler(context).scheduleWithFixedDelay(task, MILLISECOND);
				case FIXED_RATE -> scheduler(context).scheduleAtFixedRate(task, MILLISECOND);
				case TRIGGER -> scheduler(context).schedule(task, new PeriodicTrigger(MILLISECOND));
				case THREAD_PER_TASK_FIXED_DELAY -> threadPerTask(context).scheduleWithFixedDelay(task, MILLISECOND);
				case THREAD_PER_TASK_FIXED_RATE -> threadPerTask(context).scheduleAtFixedRate(task, LONGER);
				case THREAD_PER_TASK_TRIGGER -> threadPerTask(context).schedule(task, new PeriodicTrigger(LONGER));
				case PLAIN_POOL_FIXED_DELAY -> pool(context).scheduleWithFixedDelay(task, 1, 1, TimeUnit.MILLISECONDS);
				case PLAIN_POOL_FIXED_RATE -> pool(context).scheduleAtFixedRate(task, 1, 1, TimeUnit.MILLISECONDS);
			};
		}

		long longestPause() {
			return (this == ANNOTATED_CRON) ? 1500 : 200;
		}

		private static TaskScheduler scheduler(ConfigurableApplicationContext context) {
			return context.getBean("taskScheduler", TaskScheduler.class);
		}

		private static TaskScheduler threadPerTask(ConfigurableApplicationContext context) {
			return context.getBean("threadPerTask", TaskScheduler.class);
		}

		private static ScheduledThreadPoolExecutor pool(ConfigurableApplicationContext context) {
			return context.getBean("pool", ScheduledThreadPoolExecutor.class);
		}

	}

	@EnableScheduling
	static class Beans {

		@Bean
		ThreadPoolTaskScheduler taskScheduler() {
			ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
			scheduler.setPoolSize(2);
			return scheduler;
		}

		@Bean
		SimpleAsyncTaskScheduler threadPerTask() {
			return new SimpleAsyncTaskScheduler();
		}

		@Bean
		ScheduledThreadPoolExecutor pool() {
			return new ScheduledThreadPoolExecutor(2);
		}

		@Bean
		Poll poll() {
			return new Poll();
		}

		@Bean
		Claims claims() {
			return new Claims();
		}

	}

	static class AnnotatedPoll {

		private final Poll poll;

		AnnotatedPoll(Poll poll) {
			this.poll = poll;
		}

		@Scheduled(fixedDelay = 1)
		void poll() {
			this.poll.run();
		}

	}

	static class CronPoll {

		private final Poll poll;

		CronPoll(Poll poll) {
			this.poll = poll;
		}

		@Scheduled(cron = "* * * * * *")
		@Scheduled(initialDelay = 0)
		void poll() {
			this.poll.run();
		}

	}

	static class Claims {

		private final AtomicInteger count = new AtomicInteger();

	}

	static class Intake {

		private final Claims claims;

		Intake(Claims claims) {
			this.claims = claims;
		}

		@StopOnQuiesce
		@Scheduled(fixedDelay = 1)
		void claim() {
			this.claims.count.incrementAndGet();
		}

	}

	static class ReactiveIntake {

		private final Claims claims;

		ReactiveIntake(Claims claims) {
			this.claims = claims;
		}

		@StopOnQuiesce
		@Scheduled(fixedDelay = 1)
		Mono<Integer> claim() {
			return Mono.fromSupplier(this.claims.count::incrementAndGet);
		}

	}

	static class NamedIntake {

		private final Claims claims;

		NamedIntake(Claims claims) {
			this.claims = claims;
		}

		@Scheduled(fixedDelay = 1)
		void claim() {
			this.claims.count.incrementAndGet();
		}

	}

	/** A run ends when it is let. */
	static class Poll implements Runnable, AutoCloseable {

		private final AtomicInteger runs = new AtomicInteger();

		private final CountDownLatch begun = new CountDownLatch(1);

		private final Semaphore end = new Semaphore(0);

		private final AtomicBoolean interrupted = new AtomicBoolean();

		@Override
		public void run() {
			this.runs.incrementAndGet();
			this.begun.countDown();
			try {
				this.end.acquire();
			}
			catch (InterruptedException ex) {
				this.interrupted.set(true);
			}
		}

		void awaitBegun() {
			await(() -> this.begun.getCount() == 0);
		}

		void goOn() {
			this.end.release(1_000_000);
		}

		@Override
		public void close() {
			goOn();
		}

	}

}

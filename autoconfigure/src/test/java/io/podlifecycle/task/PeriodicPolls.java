package io.podlifecycle.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.InFlight;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.support.PeriodicTrigger;

import static io.podlifecycle.Conditions.await;

/**
 * Periodic tasks of each kind, which run until they are let go on.
 */
final class PeriodicPolls {

	private static final Duration MILLISECOND = Duration.ofMillis(1);

	private static final Duration LONGER = Duration.ofMillis(20);

	private static final Duration LOOK_INTERVAL = Duration.ofMillis(20);

	final InFlight inFlight = new InFlight(Ticker.system());

	private final UncountedExecutors decorator = new UncountedExecutors(List::of);

	private final List<@Nullable Future<?>> begun = new ArrayList<>();

	AnnotationConfigApplicationContext start(Kind kind) {
		Class<?>[] classes = (kind == Kind.ANNOTATED) ? new Class<?>[] { Beans.class, AnnotatedPoll.class }
				: (kind == Kind.ANNOTATED_CRON) ? new Class<?>[] { Beans.class, CronPoll.class }
						: new Class<?>[] { Beans.class };
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(classes);
		this.decorator.decorateTasks(context.getBean(SimpleAsyncTaskScheduler.class), "threadPerTask");
		Poll poll = context.getBean(Poll.class);
		this.begun.add(kind.begin(context, poll));
		poll.awaitBegun();
		return context;
	}

	ScheduledTasks tasks(ConfigurableApplicationContext context, String... stopOnQuiesce) {
		return new ScheduledTasks(context.getBeanFactory(), List.of(), List.of(stopOnQuiesce), this.inFlight,
				Stream::empty, this.decorator::scheduled, Sleeper.system());
	}

	/**
	 * Let tasks go on, and look as the drain does, until none has begun for longer than
	 * the longest pause between two. It does not return if they go on for ever.
	 */
	static void awaitEnd(Poll poll, Kind kind, LongSupplier inFlight) throws InterruptedException {
		int before;
		long left = 0;
		do {
			before = poll.runs.get();
			for (long looks = kind.longestPause().dividedBy(LOOK_INTERVAL); looks > 0; looks--) {
				poll.end.release();
				left = inFlight.getAsLong();
				Sleeper.system().sleep(LOOK_INTERVAL);
			}
		}
		while (poll.runs.get() > before || left > 0);
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

		Duration longestPause() {
			return Duration.ofMillis((this == ANNOTATED_CRON) ? 1500 : 200);
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

	/** A run ends when it is let. */
	static class Poll implements Runnable, AutoCloseable {

		final AtomicInteger runs = new AtomicInteger();

		private final CountDownLatch begun = new CountDownLatch(1);

		final Semaphore end = new Semaphore(0);

		final AtomicBoolean interrupted = new AtomicBoolean();

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

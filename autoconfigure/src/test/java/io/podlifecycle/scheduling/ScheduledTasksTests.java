package io.podlifecycle.scheduling;

import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.config.ScheduledTaskHolder;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ScheduledTasksTests {

	@Test
	void aTaskThatRunsIsNotInterruptedAndNoneBeginsAnyMore() throws Exception {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Ticking.class)) {
			Ticking ticking = context.getBean(Ticking.class);
			ticking.begun.await();
			ScheduledTasks tasks = new ScheduledTasks(context.getBeanProvider(ScheduledTaskHolder.class)::stream);
			assertThat(tasks.inFlight()).isZero();
			tasks.quiesce();
			assertThat(tasks.inFlight()).isEqualTo(1);
			ticking.end.countDown();
			while (tasks.inFlight() > 0) {
				Thread.onSpinWait();
			}
			assertThat(ticking.interrupted).isFalse();
			int ticks = ticking.ticks.get();
			// The scheduler has one thread: a tick that is due comes before this.
			Future<?> later = context.getBean(TaskScheduler.class).schedule(() -> {
			}, Instant.now().plusMillis(100));
			later.get();
			assertThat(ticking.ticks).hasValue(ticks);
		}
	}

	@Test
	void withoutUsTheTaskGoesOn() throws Exception {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Ticking.class)) {
			Ticking ticking = context.getBean(Ticking.class);
			ticking.end.countDown();
			while (ticking.ticks.get() < 10) {
				Thread.onSpinWait();
			}
		}
	}

	@EnableScheduling
	static class Ticking {

		private final CountDownLatch begun = new CountDownLatch(1);

		private final CountDownLatch end = new CountDownLatch(1);

		private final AtomicBoolean interrupted = new AtomicBoolean();

		private final AtomicInteger ticks = new AtomicInteger();

		@Bean
		TaskScheduler taskScheduler() {
			return new ThreadPoolTaskScheduler();
		}

		@Scheduled(fixedRate = 1)
		void tick() {
			this.ticks.incrementAndGet();
			this.begun.countDown();
			try {
				this.end.await();
			}
			catch (InterruptedException ex) {
				this.interrupted.set(true);
			}
		}

	}

}

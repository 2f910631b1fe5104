package io.podlifecycle.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.support.PeriodicTrigger;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service with a lease that it renews, and with polls that run most of the time.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableScheduling
@RestController
class UpkeepApplication {

	private final AtomicInteger renewals = new AtomicInteger();

	public static void main(String[] args) {
		SpringApplication.run(UpkeepApplication.class, args);
	}

	/**
	 * Answers how often the lease was renewed in the second half of the request. The log
	 * has it too, since the answer may be lost where the library is off.
	 */
	@GetMapping("/renewals")
	int renewals(@RequestParam long ms) throws InterruptedException {
		System.out.println("request begun");
		TimeUnit.MILLISECONDS.sleep(ms / 2);
		int before = this.renewals.get();
		TimeUnit.MILLISECONDS.sleep(ms / 2);
		int renewals = this.renewals.get() - before;
		System.out.println("renewals: " + renewals);
		return renewals;
	}

	@Scheduled(fixedRate = 50)
	void renewLease() {
		this.renewals.incrementAndGet();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty("app.polls")
	static class Polls {

		private final List<@Nullable Future<?>> polls = new ArrayList<>();

		@Bean
		ThreadPoolTaskScheduler taskScheduler(ThreadPoolTaskSchedulerBuilder builder) {
			return builder.build();
		}

		@Bean
		ScheduledThreadPoolExecutor pool() {
			return (ScheduledThreadPoolExecutor) Executors.newScheduledThreadPool(2);
		}

		@Scheduled(fixedDelay = 1)
		void annotated() throws InterruptedException {
			poll("annotated");
		}

		@EventListener
		void begin(ApplicationReadyEvent event) {
			TaskScheduler scheduler = event.getApplicationContext().getBean(TaskScheduler.class);
			ScheduledThreadPoolExecutor pool = event.getApplicationContext().getBean(ScheduledThreadPoolExecutor.class);
			this.polls
				.add(scheduler.scheduleWithFixedDelay(() -> pollUnlessInterrupted("delayed"), Duration.ofMillis(1)));
			this.polls.add(scheduler.schedule(() -> pollUnlessInterrupted("triggered"),
					new PeriodicTrigger(Duration.ofMillis(1))));
			this.polls
				.add(pool.scheduleWithFixedDelay(() -> pollUnlessInterrupted("pooled"), 1, 1, TimeUnit.MILLISECONDS));
		}

		private static void pollUnlessInterrupted(String kind) {
			try {
				poll(kind);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		private static void poll(String kind) throws InterruptedException {
			System.out.println("poll " + kind);
			TimeUnit.MILLISECONDS.sleep(500);
		}

	}

}

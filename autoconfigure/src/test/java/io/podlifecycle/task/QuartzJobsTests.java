package io.podlifecycle.task;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;

import static io.podlifecycle.Conditions.await;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class QuartzJobsTests {

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final CountDownLatch end = new CountDownLatch(1);

	private final QuartzJobs jobs = new QuartzJobs(this.context);

	@BeforeEach
	void startScheduler() {
		this.context.registerBean("quartzScheduler", SchedulerFactoryBean.class, () -> {
			SchedulerFactoryBean factory = new SchedulerFactoryBean();
			factory.setWaitForJobsToCompleteOnShutdown(true);
			return factory;
		});
		this.context.refresh();
	}

	@AfterEach
	void close() {
		this.end.countDown();
		this.context.close();
	}

	@Test
	void noTriggerFiresAndWhatRunsIsWaitedForByItsName() throws SchedulerException {
		Scheduler scheduler = run("statement");
		this.jobs.quiesce();
		assertThat(scheduler.isInStandbyMode()).isTrue();
		assertThat(this.jobs.inFlight()).isEqualTo(1);
		assertThat(this.jobs.outcome()).isEqualTo("billing.statement");
		this.end.countDown();
		await(() -> this.jobs.inFlight() == 0);
		assertThat(this.jobs.outcome()).isEmpty();
	}

	@Test
	void theCloseDoesNotWaitForAJobThatWasGivenUp() throws SchedulerException {
		run("endless");
		this.jobs.quiesce();
		this.jobs.lowerTo(Duration.ofMillis(200));
		this.context.close();
		assertThat(this.end.getCount()).as("a job that still runs").isEqualTo(1);
	}

	private Scheduler run(String name) throws SchedulerException {
		Scheduler scheduler = this.context.getBean(Scheduler.class);
		scheduler.getContext().put("end", this.end);
		scheduler.scheduleJob(JobBuilder.newJob(Wait.class).withIdentity(name, "billing").build(),
				TriggerBuilder.newTrigger().startNow().build());
		await(() -> isRunning(scheduler));
		return scheduler;
	}

	private static boolean isRunning(Scheduler scheduler) {
		try {
			return !scheduler.getCurrentlyExecutingJobs().isEmpty();
		}
		catch (SchedulerException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Runs until the test lets it end.
	 */
	public static class Wait implements Job {

		@Override
		public void execute(JobExecutionContext context) {
			try {
				((CountDownLatch) Objects.requireNonNull(context.getScheduler().getContext().get("end"))).await();
			}
			catch (InterruptedException | SchedulerException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}

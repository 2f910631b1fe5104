package io.podlifecycle.task;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;

/**
 * An application with a job of Quartz that begins every half a second and takes two.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class QuartzApplication {

	public static void main(String[] args) {
		SpringApplication.run(QuartzApplication.class, args);
	}

	@Bean
	SchedulerFactoryBean quartzScheduler(@Value("${app.seconds:2}") long seconds) {
		JobDetail job = JobBuilder.newJob(Statement.class).withIdentity("statement", "billing").storeDurably().build();
		Trigger trigger = TriggerBuilder.newTrigger()
			.forJob(job)
			.startNow()
			.withSchedule(SimpleScheduleBuilder.simpleSchedule().withIntervalInMilliseconds(500).repeatForever())
			.build();
		SchedulerFactoryBean factory = new SchedulerFactoryBean();
		factory.setSchedulerContextAsMap(Map.of("number", new AtomicInteger(), "seconds", seconds));
		factory.setJobDetails(job);
		factory.setTriggers(trigger);
		return factory;
	}

	/**
	 * Says when it begins and when it is done.
	 */
	public static class Statement implements Job {

		@Override
		public void execute(JobExecutionContext context) {
			try {
				int number = ((AtomicInteger) Objects.requireNonNull(context.getScheduler().getContext().get("number")))
					.incrementAndGet();
				System.out.println("begin " + number);
				TimeUnit.SECONDS
					.sleep((long) Objects.requireNonNull(context.getScheduler().getContext().get("seconds")));
				System.out.println("done " + number);
			}
			catch (InterruptedException | SchedulerException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}

package io.podlifecycle.task;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.podlifecycle.shutdown.Participant;
import io.podlifecycle.shutdown.StopTimeouts;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;

/**
 * Jobs of Quartz. The schedulers are put into standby when the shutdown begins: no
 * trigger fires any more, and the jobs that run are waited for.
 *
 * @since 0.1.0
 */
final class QuartzJobs implements Participant, StopTimeouts {

	private final ListableBeanFactory beanFactory;

	private volatile Collection<Scheduler> schedulers = List.of();

	/**
	 * Create a participant.
	 * @param beanFactory knows the schedulers
	 */
	public QuartzJobs(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public String name() {
		return "Quartz jobs";
	}

	@Override
	public void quiesce() throws SchedulerException {
		this.schedulers = this.beanFactory.getBeansOfType(Scheduler.class, false, false).values();
		for (Scheduler scheduler : this.schedulers) {
			scheduler.standby();
		}
	}

	@Override
	public long inFlight() {
		return running().count();
	}

	/**
	 * Return the jobs that run.
	 * @return their groups and names
	 */
	@Override
	public String outcome() {
		return running().map((job) -> job.getJobDetail().getKey().toString())
			.sorted()
			.collect(Collectors.joining(", "));
	}

	private Stream<JobExecutionContext> running() {
		return this.schedulers.stream().flatMap((scheduler) -> {
			try {
				return scheduler.getCurrentlyExecutingJobs().stream();
			}
			catch (SchedulerException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	/** Quartz has no time limit: it waits for its jobs for ever, or not at all. */
	@Override
	public void lowerTo(Duration limit) {
		this.beanFactory.getBeansOfType(SchedulerFactoryBean.class, false, false)
			.values()
			.forEach((factory) -> factory.setWaitForJobsToCompleteOnShutdown(false));
	}

}

package io.podlifecycle.task;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.podlifecycle.boot.Attempt;
import io.podlifecycle.boot.Orders;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.shutdown.Participant;
import io.podlifecycle.shutdown.ShutdownListener;
import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Poller;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.InFlight;
import io.podlifecycle.work.Work;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobExecutionNotRunningException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StoppableStep;
import org.springframework.batch.core.step.tasklet.StoppableTasklet;
import org.springframework.batch.core.step.tasklet.TaskletStep;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;

/**
 * Jobs of Spring Batch that run in this JVM. They are stopped when the shutdown begins: a
 * chunk in progress is finished, and until then their executions are running in the
 * repository, so that no other process begins the same chunk. What the drain has given up
 * is marked as stopped, so that it can be restarted.
 *
 * @since 0.1.0
 */
final class BatchJobs implements BeanPostProcessor, Participant, ShutdownListener {

	/** Ample for the end of a job whose thread was interrupted. */
	private static final Duration TIME_TO_END = Duration.ofSeconds(1);

	private static final Duration LOOK_INTERVAL = Duration.ofMillis(20);

	private final ObjectProvider<InFlight> inFlight;

	private final ObjectProvider<JobOperator> operators;

	private final ObjectProvider<JobRepository> repositories;

	private final Poller poller;

	private final Ticker ticker;

	private final Map<JobExecution, Run> running = new ConcurrentHashMap<>();

	private volatile boolean stopped;

	/**
	 * Create a participant without jobs.
	 * @param inFlight counts what runs
	 * @param operators mark what was given up
	 * @param repositories know what is written of it
	 * @param sleeper sleeps between two looks
	 * @param ticker the source of time
	 */
	BatchJobs(ObjectProvider<InFlight> inFlight, ObjectProvider<JobOperator> operators,
			ObjectProvider<JobRepository> repositories, Sleeper sleeper, Ticker ticker) {
		this.inFlight = inFlight;
		this.operators = operators;
		this.repositories = repositories;
		this.poller = new Poller(sleeper, LOOK_INTERVAL);
		this.ticker = ticker;
	}

	@Override
	public String name() {
		return "batch jobs";
	}

	/** Before others wrap the job. */
	@Override
	public Object postProcessBeforeInitialization(Object bean, String name) {
		if (bean instanceof AbstractJob job) {
			job.registerJobExecutionListener(new JobTracking(job));
		}
		return bean;
	}

	@Override
	public void quiesce() {
		this.stopped = true;
		this.running.values().forEach(Run::stop);
	}

	/** A step may have begun in the very moment in which its job was stopped. */
	@Override
	public void drain() {
		this.running.values().forEach(Run::stop);
	}

	@Override
	public void drained(ShutdownReport report) {
		this.poller.await(this.running::isEmpty, Deadline.after(TIME_TO_END, this.ticker));
		this.running.keySet()
			.forEach((execution) -> Attempt.run("end of job execution " + execution.getId(),
					() -> markAsStopped(execution)));
	}

	/** The one in memory is stopping already. */
	private void markAsStopped(JobExecution execution) {
		JobExecution written = this.repositories.getObject().getJobExecution(execution.getId());
		try {
			if (written != null) {
				this.operators.getObject().stop(written);
			}
		}
		catch (JobExecutionNotRunningException ex) {
			// It has just ended, or somebody else has stopped it.
		}
	}

	/** No bean: an application may inject the one listener that it has. */
	private final class JobTracking implements JobExecutionListener, Ordered {

		private final AbstractJob job;

		JobTracking(AbstractJob job) {
			this.job = job;
		}

		@Override
		public int getOrder() {
			return Orders.JOB_TRACKING;
		}

		@Override
		public void beforeJob(JobExecution execution) {
			String name = "job " + execution.getJobInstance().getJobName() + ", execution " + execution.getId();
			Run run = new Run(this.job, execution, BatchJobs.this.inFlight.getObject().begin(name));
			BatchJobs.this.running.put(execution, run);
			if (BatchJobs.this.stopped) {
				run.stop();
			}
		}

		/** Its end is in the repository. */
		@Override
		public void afterJob(JobExecution execution) {
			Run run = BatchJobs.this.running.remove(execution);
			if (run != null) {
				run.work().close();
			}
		}

	}

	/**
	 * An execution that runs.
	 *
	 * @param job the job
	 * @param execution the execution, which the thread of the job uses, too
	 * @param work the work in flight
	 */
	private record Run(AbstractJob job, JobExecution execution, Work work) {

		/**
		 * In memory only. The operator would write to the repository at once, while the
		 * thread of the job does so, too: each may make the other one fail, and then the
		 * job cannot be restarted.
		 */
		void stop() {
			if (this.execution.isRunning()) {
				this.execution.setStatus(BatchStatus.STOPPING);
				this.execution.getStepExecutions()
					.stream()
					.filter((step) -> step.getStatus().isRunning() && !step.isTerminateOnly())
					.forEach((step) -> Attempt.run("stop of step " + step.getStepName(), () -> stop(step)));
			}
		}

		/** As the operator does. */
		private void stop(StepExecution execution) {
			Step step = this.job.getStep(execution.getStepName());
			execution.setTerminateOnly();
			if (step instanceof TaskletStep tasklets && tasklets.getTasklet() instanceof StoppableTasklet tasklet) {
				tasklet.stop(execution);
			}
			if (step instanceof StoppableStep stoppable) {
				stoppable.stop(execution);
			}
		}

	}

}

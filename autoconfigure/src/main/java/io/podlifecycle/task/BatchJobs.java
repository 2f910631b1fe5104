package io.podlifecycle.task;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.podlifecycle.boot.Orders;
import io.podlifecycle.shutdown.Participant;
import io.podlifecycle.work.InFlight;
import io.podlifecycle.work.Work;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobExecutionNotRunningException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;

/**
 * Jobs of Spring Batch that run in this JVM. They are stopped when the shutdown begins:
 * their executions are marked as such at once, so that they can be restarted whatever
 * becomes of this process, and a chunk in progress is finished.
 *
 * @since 0.1.0
 */
final class BatchJobs implements BeanPostProcessor, Participant {

	private final ObjectProvider<InFlight> inFlight;

	private final ObjectProvider<JobOperator> operators;

	private final Map<JobExecution, Work> running = new ConcurrentHashMap<>();

	private volatile boolean stopped;

	/**
	 * Create a participant without jobs.
	 * @param inFlight counts what runs
	 * @param operators stop it
	 */
	BatchJobs(ObjectProvider<InFlight> inFlight, ObjectProvider<JobOperator> operators) {
		this.inFlight = inFlight;
		this.operators = operators;
	}

	@Override
	public String name() {
		return "batch jobs";
	}

	/** Before others wrap the job. */
	@Override
	public Object postProcessBeforeInitialization(Object bean, String name) {
		if (bean instanceof AbstractJob job) {
			job.registerJobExecutionListener(new JobTracking());
		}
		return bean;
	}

	@Override
	public void quiesce() {
		this.stopped = true;
		@Nullable RuntimeException failure = null;
		for (JobExecution execution : this.running.keySet()) {
			try {
				stop(execution);
			}
			catch (RuntimeException ex) {
				failure = ex;
			}
		}
		if (failure != null) {
			throw failure;
		}
	}

	private void stop(JobExecution execution) {
		try {
			this.operators.getObject().stop(execution);
		}
		catch (JobExecutionNotRunningException ex) {
			// It has just ended, or somebody else has stopped it.
		}
	}

	/** No bean: an application may inject the one listener that it has. */
	private final class JobTracking implements JobExecutionListener, Ordered {

		@Override
		public int getOrder() {
			return Orders.JOB_TRACKING;
		}

		@Override
		public void beforeJob(JobExecution execution) {
			String name = "job " + execution.getJobInstance().getJobName() + ", execution " + execution.getId();
			BatchJobs.this.running.put(execution, BatchJobs.this.inFlight.getObject().begin(name));
			if (BatchJobs.this.stopped) {
				stop(execution);
			}
		}

		/** Its end is in the repository. */
		@Override
		public void afterJob(JobExecution execution) {
			Work work = BatchJobs.this.running.remove(execution);
			if (work != null) {
				work.close();
			}
		}

	}

}

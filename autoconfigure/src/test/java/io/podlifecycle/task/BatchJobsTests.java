package io.podlifecycle.task;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.InFlight;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.EnableJdbcJobRepository;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobExecutionAlreadyRunningException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.StoppableTasklet;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

import static io.podlifecycle.Conditions.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BatchJobsTests {

	private final Step step = new Step();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@BeforeEach
	void start() {
		this.context.registerBean(Step.class, () -> this.step);
		this.context.register(Application.class);
		this.context.refresh();
	}

	@AfterEach
	void close() {
		this.step.goOn.countDown();
		this.context.close();
	}

	@Test
	void theChunkInProgressIsFinishedAndTheJobCanBeRestarted() throws Exception {
		CompletableFuture<JobExecution> job = startAndAwaitSecondChunk();
		assertThat(inFlight().oldest(1)).singleElement()
			.satisfies((work) -> assertThat(work.description()).isEqualTo("job statements, execution 1"));
		jobs().quiesce();
		assertThat(inFlight().count()).isEqualTo(1);
		this.step.goOn.countDown();
		assertThat(job.get().getStatus()).isEqualTo(BatchStatus.STOPPED);
		assertThat(inFlight().count()).isZero();
		assertThat(this.step.written).hasSize(10);
		restart();
	}

	@Test
	void nobodyElseStartsItBeforeItsChunkIsFinished() throws Exception {
		CompletableFuture<JobExecution> job = startAndAwaitSecondChunk();
		jobs().quiesce();
		jobs().drain();
		try (AnnotationConfigApplicationContext next = next()) {
			assertThatExceptionOfType(JobExecutionAlreadyRunningException.class)
				.isThrownBy(() -> run(next, "statements"));
			this.step.goOn.countDown();
			assertThat(job.get().getStatus()).isEqualTo(BatchStatus.STOPPED);
		}
		restart();
	}

	/** What the library would do if it left that to the operator. */
	@Test
	void afterAStopByTheOperatorAloneTheSameChunkIsWrittenTwice() throws Exception {
		CompletableFuture<JobExecution> job = startAndAwaitSecondChunk();
		JobRepository repository = this.context.getBean(JobRepository.class);
		this.context.getBean(JobOperator.class).stop(Objects.requireNonNull(repository.getJobExecution(1)));
		try (AnnotationConfigApplicationContext next = next()) {
			CompletableFuture<JobExecution> other = start(next, "statements");
			await(() -> this.step.inSecond.get() == 2);
			this.step.goOn.countDown();
			CompletableFuture.allOf(job, other).get();
		}
		assertThat(this.step.written).hasSize(25);
	}

	@Test
	void anExecutionThatTheDrainHasGivenUpDoesNotSeemToRun() throws Exception {
		CompletableFuture<JobExecution> job = startAndAwaitSecondChunk();
		JobRepository repository = this.context.getBean(JobRepository.class);
		jobs().quiesce();
		assertThat(repository.getJobExecution(1)).satisfies((execution) -> {
			assertThat(execution.isRunning()).isTrue();
			assertThat(execution.getStepExecutions()).allMatch((step) -> step.getStatus().isRunning());
		});
		jobs().drained(ShutdownReport.ofStart(Trigger.SIGTERM, Duration.ZERO));
		assertThat(repository.getJobExecution(1)).satisfies((execution) -> {
			assertThat(execution.isRunning()).isFalse();
			assertThat(execution.getStepExecutions()).hasSize(1).noneMatch((step) -> step.getStatus().isRunning());
		});
		this.step.goOn.countDown();
		job.get();
	}

	@Test
	void aTaskletThatCannotBeStoppedKeepsNoOtherJobFromBeingStopped() throws Exception {
		CompletableFuture<JobExecution> broken = start(this.context, "broken");
		await(() -> this.step.inBroken.get() == 1);
		CompletableFuture<JobExecution> job = startAndAwaitSecondChunk();
		jobs().quiesce();
		this.step.goOn.countDown();
		assertThat(broken.get().getStatus()).isEqualTo(BatchStatus.STOPPED);
		assertThat(job.get().getStatus()).isEqualTo(BatchStatus.STOPPED);
	}

	@Test
	void aJobThatBeginsLaterIsStoppedBeforeItsFirstStep() throws Exception {
		jobs().quiesce();
		this.step.goOn.countDown();
		assertThat(run().getStatus()).isEqualTo(BatchStatus.STOPPED);
		assertThat(this.step.written).isEmpty();
		assertThat(inFlight().count()).isZero();
	}

	/** By another process, which has not been stopped. */
	private void restart() throws Exception {
		try (AnnotationConfigApplicationContext next = next()) {
			assertThat(run(next, "statements").getStatus()).isEqualTo(BatchStatus.COMPLETED);
		}
		assertThat(this.step.written).containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
	}

	private AnnotationConfigApplicationContext next() {
		AnnotationConfigApplicationContext next = new AnnotationConfigApplicationContext();
		next.registerBean(Step.class, () -> this.step);
		next.register(Application.class);
		next.refresh();
		return next;
	}

	private CompletableFuture<JobExecution> startAndAwaitSecondChunk() {
		CompletableFuture<JobExecution> job = start(this.context, "statements");
		await(() -> this.step.inSecond.get() == 1);
		return job;
	}

	private static CompletableFuture<JobExecution> start(AnnotationConfigApplicationContext context, String job) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return run(context, job);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}, (task) -> new Thread(task).start());
	}

	private JobExecution run() throws Exception {
		return run(this.context, "statements");
	}

	private static JobExecution run(AnnotationConfigApplicationContext context, String job) throws Exception {
		return context.getBean(JobOperator.class).start(context.getBean(job, Job.class), new JobParameters());
	}

	private BatchJobs jobs() {
		return this.context.getBean(BatchJobs.class);
	}

	private InFlight inFlight() {
		return this.context.getBean(InFlight.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableBatchProcessing
	@EnableJdbcJobRepository
	static class Application {

		@Bean
		static BatchJobs batchJobs(ObjectProvider<InFlight> inFlight, ObjectProvider<JobOperator> operators,
				ObjectProvider<JobRepository> repositories) {
			return new BatchJobs(inFlight, operators, repositories, Sleeper.system(), Ticker.system());
		}

		@Bean
		InFlight inFlight() {
			return new InFlight(Ticker.system());
		}

		@Bean
		DataSource dataSource(Step step) {
			return step.dataSource;
		}

		@Bean
		PlatformTransactionManager transactionManager(DataSource dataSource) {
			return new JdbcTransactionManager(dataSource);
		}

		@Bean
		Job statements(JobRepository repository, PlatformTransactionManager transactions, Step step) {
			return BatchApplication.job(repository, transactions, step::write);
		}

		@Bean
		Job broken(JobRepository repository, PlatformTransactionManager transactions, Step step) {
			return new JobBuilder("broken", repository)
				.start(new StepBuilder("waits", repository).tasklet(step, transactions).build())
				.build();
		}

	}

	/** Writes, and waits in its second chunk; or waits as a tasklet. */
	static final class Step implements StoppableTasklet {

		private final DataSource dataSource = BatchApplication
			.dataSource("jdbc:h2:mem:" + System.identityHashCode(this) + ";DB_CLOSE_DELAY=-1");

		private final List<Integer> written = new CopyOnWriteArrayList<>();

		private final AtomicInteger inSecond = new AtomicInteger();

		private final AtomicInteger inBroken = new AtomicInteger();

		private final CountDownLatch goOn = new CountDownLatch(1);

		Step() {
			BatchApplication.createTables(this.dataSource);
		}

		void write(Chunk<? extends Integer> chunk) throws InterruptedException {
			if (chunk.getItems().contains(6)) {
				this.inSecond.incrementAndGet();
				this.goOn.await();
			}
			this.written.addAll(chunk.getItems());
		}

		@Override
		public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws InterruptedException {
			this.inBroken.incrementAndGet();
			this.goOn.await();
			return RepeatStatus.FINISHED;
		}

		/** The interface still asks for it. */
		@Override
		@SuppressWarnings("removal")
		public void stop() {
			throw new IllegalStateException("cannot be stopped");
		}

	}

}

package io.podlifecycle.task;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.work.CountingExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

import static io.podlifecycle.Conditions.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class UncountedExecutorsTests {

	private final List<String> ignored = new ArrayList<>();

	private final UncountedExecutors tasks = new UncountedExecutors(() -> this.ignored);

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final CountDownLatch end = new CountDownLatch(1);

	@BeforeEach
	void registerExecutors() throws Exception {
		this.context.getBeanFactory().addBeanPostProcessor(this.tasks);
		this.context.registerBean("made", SimpleAsyncTaskExecutor.class, () -> new SimpleAsyncTaskExecutor());
		this.context.registerBean("builder", SimpleAsyncTaskExecutorBuilder.class, SimpleAsyncTaskExecutorBuilder::new);
		this.context.registerBean("built", SimpleAsyncTaskExecutor.class,
				() -> this.context.getBean(SimpleAsyncTaskExecutorBuilder.class).build());
		this.context.registerBean("single", ExecutorService.class, () -> Executors.newSingleThreadExecutor());
		this.context.registerBean("work-stealing", ForkJoinPool.class, () -> new ForkJoinPool(1));
		if (Runtime.version().feature() >= 21) {
			ExecutorService virtual = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor")
				.invoke(null);
			this.context.registerBean("virtual", ExecutorService.class, () -> virtual);
		}
		this.context.refresh();
	}

	@AfterEach
	void close() {
		this.end.countDown();
		this.context.close();
	}

	@Test
	void theTasksOfEachExecutorAreCountedOnceAndItIsNamed() {
		List<String> names = new ArrayList<>(List.of("built", "made", "single"));
		if (Runtime.version().feature() >= 21) {
			names.add("virtual");
		}
		names.forEach((name) -> this.context.getBean(name, Executor.class).execute(this::run));
		await(() -> this.tasks.inFlight() == names.size());
		assertThat(this.tasks.outcome()).isEqualTo(String.join(", ", names));
		this.end.countDown();
		await(() -> this.tasks.inFlight() == 0);
		assertThat(this.tasks.outcome()).isEmpty();
	}

	@Test
	void whatAnExecutorThatIsNoBeanRunsIsCounted() {
		this.context.getBean(SimpleAsyncTaskExecutorBuilder.class).build().execute(this::run);
		await(() -> this.tasks.inFlight() == 1);
		assertThat(this.tasks.outcome()).isEqualTo("an executor that is no bean");
	}

	@Test
	void whatIsQueuedIsCountedUnlessItIsRejectedOrNeverBegun() {
		ExecutorService single = this.context.getBean("single", ExecutorService.class);
		single.execute(this::run);
		single.execute(this::run);
		assertThat(this.tasks.inFlight()).isEqualTo(2);
		this.end.countDown();
		await(() -> this.tasks.inFlight() == 0);
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		single.execute(() -> {
			begun.countDown();
			hold(never);
		});
		single.execute(() -> hold(never));
		hold(begun);
		assertThat(single.shutdownNow()).hasSize(1);
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> single.execute(this::run));
		await(() -> this.tasks.inFlight() == 0);
	}

	@Test
	void whatNeverEndsIsNotWaitedFor() {
		this.ignored.addAll(List.of("made", "single"));
		this.context.getBean("made", Executor.class).execute(this::run);
		this.context.getBean("single", Executor.class).execute(this::run);
		assertThat(this.tasks.inFlight()).isZero();
		assertThat(this.tasks.outcome()).isEmpty();
	}

	@Test
	void executorsThatAreKnownByTheirClassKeepIt() {
		assertThat(this.context.getBean("work-stealing")).isExactlyInstanceOf(ForkJoinPool.class);
		assertThat(this.context.getBean("single")).isInstanceOf(CountingExecutor.class);
	}

	private void run() {
		hold(this.end);
	}

	private static void hold(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			// The executor is shut down.
		}
	}

}

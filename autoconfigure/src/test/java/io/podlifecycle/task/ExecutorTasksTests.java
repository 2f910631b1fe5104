package io.podlifecycle.task;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

import static io.podlifecycle.Conditions.await;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ExecutorTasksTests {

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final CountDownLatch end = new CountDownLatch(1);

	@BeforeEach
	void registerPools() {
		this.context.registerBean("executor", ThreadPoolTaskExecutor.class, () -> {
			ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
			executor.setCorePoolSize(1);
			return executor;
		});
		this.context.registerBean("scheduler", ThreadPoolTaskScheduler.class, ThreadPoolTaskScheduler::new);
		this.context.registerBean("plain", ThreadPoolExecutor.class,
				() -> (ThreadPoolExecutor) Executors.newFixedThreadPool(1));
		this.context.registerBean("lazy", ThreadPoolExecutor.class, () -> {
			throw new IllegalStateException("nobody has asked for it");
		}, (definition) -> definition.setLazyInit(true));
		this.context.refresh();
	}

	@AfterEach
	void close() {
		this.end.countDown();
		this.context.close();
	}

	@Test
	void whatRunsAndWhatIsQueuedIsInFlight() throws Exception {
		ExecutorTasks tasks = quiesced();
		assertThat(tasks.inFlight()).isZero();
		ThreadPoolTaskExecutor executor = this.context.getBean("executor", ThreadPoolTaskExecutor.class);
		Future<?> first = executor.submit(this::run);
		Future<?> second = executor.submit(this::run);
		awaitInFlight(tasks, 2);
		assertThat(tasks.outcome()).isEqualTo("executor");
		this.end.countDown();
		first.get();
		second.get();
		awaitIdle(tasks);
	}

	@Test
	void plainThreadPoolsCount() throws Exception {
		ExecutorTasks tasks = quiesced();
		Future<?> task = this.context.getBean("plain", ThreadPoolExecutor.class).submit(this::run);
		awaitInFlight(tasks, 1);
		this.end.countDown();
		task.get();
		awaitIdle(tasks);
	}

	@Test
	void theTasksOfSchedulersAreNotAmongThem() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		this.context.getBean(ThreadPoolTaskScheduler.class).execute(() -> {
			begun.countDown();
			run();
		});
		begun.await();
		assertThat(quiesced().inFlight()).isZero();
	}

	@Test
	void anIgnoredBeanIsNotWaitedFor() {
		this.context.getBean("executor", ThreadPoolTaskExecutor.class).execute(this::run);
		awaitInFlight(quiesced(), 1);
		assertThat(quiesced("executor").inFlight()).isZero();
	}

	private ExecutorTasks quiesced(String... ignored) {
		ExecutorTasks tasks = new ExecutorTasks(
				new ExecutorBeans(this.context.getDefaultListableBeanFactory(), List.of(ignored)));
		tasks.quiesce();
		return tasks;
	}

	/**
	 * A pool's thread says that it is busy a moment after it got its task, and that it is
	 * free a moment after the result is there.
	 */
	private static void awaitInFlight(ExecutorTasks tasks, long expected) {
		await(() -> tasks.inFlight() == expected);
	}

	private static void awaitIdle(ExecutorTasks tasks) {
		awaitInFlight(tasks, 0);
		assertThat(tasks.outcome()).isEmpty();
	}

	private void run() {
		try {
			this.end.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}

package io.podlifecycle.task;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Executors that would wait for their tasks, which never end.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ExecutorStopTimeoutsTests {

	private static final Duration LIMIT = Duration.ofMillis(200);

	private final CountDownLatch end = new CountDownLatch(1);

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final ExecutorStopTimeouts timeouts = new ExecutorStopTimeouts(this.context.getBeanFactory(),
			() -> List.of("ignored"));

	@AfterEach
	void close() {
		this.end.countDown();
		this.context.close();
	}

	@Test
	void aTaskThatNeverEndsIsNotWaitedFor() throws InterruptedException {
		ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor();
		pool.setAcceptTasksAfterContextClose(true);
		pool.setAwaitTerminationSeconds(3600);
		SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor();
		threads.setTaskTerminationTimeout(3_600_000);
		register("pool", pool);
		register("threads", threads);
		this.context.refresh();
		hang(pool);
		hang(threads);
		this.timeouts.lowerTo(LIMIT);
		this.context.close();
		assertThat(this.context.isActive()).isFalse();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			pool,    true,  3600000, 200
			pool,    true,  100,     100
			pool,    true,  0,       0
			pool,    false, 3600000, 3600000
			ignored, true,  3600000, 3600000
			""")
	void areOnlyLoweredWhereTheDrainHasGivenUpATask(String name, boolean busy, long configured, long lowered)
			throws InterruptedException {
		ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
		scheduler.setAwaitTerminationMillis(configured);
		register(name, scheduler);
		this.context.refresh();
		if (busy) {
			hang(scheduler);
		}
		this.timeouts.lowerTo(LIMIT);
		assertThat(new DirectFieldAccessor(scheduler).getPropertyValue("awaitTerminationMillis")).isEqualTo(lowered);
	}

	@ParameterizedTest
	@CsvSource({ "jdk, (inferred), true", "jdk, , true", "jdk, close, true", "jdk, '', false", "jdk, shutdown, false",
			"ignored, (inferred), false" })
	void anExecutorOfTheJdkIsInterruptedUnlessItIsSharedOrIgnored(String name, @Nullable String destroyMethod,
			boolean interrupted) throws Exception {
		ClosedExecutor executor = new ClosedExecutor();
		this.context.getBeanFactory().addBeanPostProcessor(this.timeouts);
		this.context.registerBean(name, ClosedExecutor.class, () -> executor,
				(definition) -> definition.setDestroyMethodName(destroyMethod));
		this.context.refresh();
		this.context.getBean(name);
		CountDownLatch begun = new CountDownLatch(1);
		Future<Boolean> task = executor.submit(() -> {
			begun.countDown();
			return this.end.await(1, TimeUnit.HOURS);
		});
		begun.await();
		this.timeouts.lowerTo(LIMIT);
		Thread closing = new Thread(this.context::close, "closing");
		closing.start();
		if (interrupted) {
			closing.join();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(task::get)
				.withCauseInstanceOf(InterruptedException.class);
		}
		else {
			this.end.countDown();
			assertThat(task.get()).isTrue();
			closing.join();
		}
	}

	@Test
	void aTaskThatIgnoresInterruptsDoesNotHoldUpTheCloseOfAnExecutorOfTheJdk() throws InterruptedException {
		ClosedExecutor executor = new ClosedExecutor();
		this.context.getBeanFactory().addBeanPostProcessor(this.timeouts);
		this.context.registerBean(ClosedExecutor.class, () -> executor);
		this.context.refresh();
		hang(executor);
		this.timeouts.lowerTo(LIMIT);
		this.context.close();
		assertThat(executor.isTerminated()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anExecutorOfTheJdkIsClosedAsWithoutTheLibraryIfTheDrainHasGivenUpNothing(boolean library)
			throws InterruptedException {
		ClosedExecutor executor = new ClosedExecutor();
		if (library) {
			this.context.getBeanFactory().addBeanPostProcessor(this.timeouts);
		}
		this.context.registerBean(ClosedExecutor.class, () -> executor);
		this.context.refresh();
		hang(executor);
		Thread closing = new Thread(this.context::close, "closing");
		closing.start();
		executor.closing.await();
		assertThat(closing.isAlive()).isTrue();
		this.end.countDown();
		closing.join();
		assertThat(executor.isTerminated()).isTrue();
	}

	private void register(String name, Object executor) {
		this.context.registerBean(name, Object.class, () -> executor);
	}

	private void hang(Executor executor) throws InterruptedException {
		CountDownLatch begun = new CountDownLatch(1);
		executor.execute(() -> {
			begun.countDown();
			while (this.end.getCount() > 0) {
				try {
					this.end.await();
				}
				catch (InterruptedException ex) {
					// It goes on.
				}
			}
		});
		begun.await();
	}

	/** As all executors of the JDK are since Java 19. */
	private static final class ClosedExecutor extends ThreadPoolExecutor implements AutoCloseable {

		private final CountDownLatch closing = new CountDownLatch(1);

		ClosedExecutor() {
			super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
		}

		@Override
		public void close() {
			this.closing.countDown();
			shutdown();
			try {
				awaitTermination(1, TimeUnit.HOURS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}

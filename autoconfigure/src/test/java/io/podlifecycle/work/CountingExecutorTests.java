package io.podlifecycle.work;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class CountingExecutorTests {

	private final AtomicLong unfinished = new AtomicLong();

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private final CountingExecutor executor = CountingExecutor.of(this.tasks::add, this.unfinished);

	@Test
	void aTaskIsUnfinishedUntilItHasRun() {
		AtomicLong whileRunning = new AtomicLong();
		this.executor.execute(() -> whileRunning.set(this.executor.unfinished()));
		assertThat(this.executor).isNotInstanceOf(ExecutorService.class);
		assertThat(this.executor.unfinished()).isOne();
		this.tasks.remove().run();
		assertThat(whileRunning).hasValue(1);
		assertThat(this.executor.unfinished()).isZero();
	}

	@Test
	void aTaskThatThrowsOrIsRejectedIsNotUnfinished() {
		this.executor.execute(() -> {
			throw new IllegalStateException("fails");
		});
		assertThatIllegalStateException().isThrownBy(this.tasks.remove()::run);
		CountingExecutor full = CountingExecutor.of((task) -> {
			throw new RejectedExecutionException("full");
		}, this.unfinished);
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> full.execute(this.tasks::clear));
		assertThat(this.unfinished).hasValue(0);
	}

	@Test
	void aServiceCountsWhatIsQueuedAndForgetsWhatNeverBegins() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountingExecutor counting = CountingExecutor.of(Executors.newSingleThreadExecutor(), this.unfinished);
		assertThat(counting).isInstanceOf(ExecutorService.class);
		try (Shutdown service = new Shutdown((ExecutorService) counting)) {
			counting.execute(() -> {
				begun.countDown();
				assertThatThrownBy(() -> new CountDownLatch(1).await()).isInstanceOf(InterruptedException.class);
			});
			begun.await();
			counting.execute(this.tasks::clear);
			counting.execute(this.tasks::clear);
			assertThat(counting.unfinished()).isEqualTo(3);
			service.executor().shutdown();
			assertThat(service.executor().isShutdown()).isTrue();
			assertThat(service.executor().isTerminated()).isFalse();
			assertThat(service.executor().awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
			assertThat(service.executor().shutdownNow()).hasSize(2);
			assertThat(service.executor().awaitTermination(20, TimeUnit.SECONDS)).isTrue();
			assertThat(service.executor().isTerminated()).isTrue();
			assertThat(counting.unfinished()).isZero();
		}
	}

	@Test
	void aServiceIsNotShutDownBefore() throws Exception {
		CountingExecutor counting = CountingExecutor.of(Executors.newSingleThreadExecutor(), this.unfinished);
		try (Shutdown service = new Shutdown((ExecutorService) counting)) {
			assertThat(service.executor().submit(() -> counting.unfinished()).get()).isOne();
			assertThat(service.executor().isShutdown()).isFalse();
		}
	}

	private record Shutdown(ExecutorService executor) implements AutoCloseable {

		@Override
		public void close() {
			this.executor.shutdownNow();
		}

	}

}

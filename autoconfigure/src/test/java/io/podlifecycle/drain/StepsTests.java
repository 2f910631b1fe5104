package io.podlifecycle.drain;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StepsTests {

	private final Queue<Runnable> waiting = new ArrayDeque<>();

	@Test
	void withoutAnyAreOver() {
		assertThat(new Steps(Runnable::run).areOver()).isTrue();
	}

	@Test
	void areOverWhenTheLastOneIs() {
		Steps steps = new Steps(this.waiting::add);
		steps.start("one", () -> {
		});
		steps.start("two", () -> {
			throw new IllegalStateException("broken");
		});
		assertThat(steps.areOver()).isFalse();
		assertThat(steps.problems()).containsExactly("one does not end", "two does not end");
		this.waiting.remove().run();
		assertThat(steps.areOver()).isFalse();
		assertThat(steps.problems()).containsExactly("two does not end");
		this.waiting.remove().run();
		assertThat(steps.areOver()).isTrue();
		assertThat(steps.problems()).containsExactly("two failed: java.lang.IllegalStateException: broken");
	}

	@Test
	void oneThatFindsNoThreadHasFailed() {
		Steps steps = new Steps((step) -> {
			throw new RejectedExecutionException("full");
		});
		steps.start("one", () -> {
		});
		assertThat(steps.areOver()).isTrue();
		assertThat(steps.problems())
			.containsExactly("one failed: java.util.concurrent.RejectedExecutionException: full");
	}

	@Test
	void oneThatStillRunsIsInterrupted() throws InterruptedException {
		Steps steps = new Steps(Participants.threadPerStep());
		CountDownLatch running = new CountDownLatch(1);
		AtomicBoolean daemon = new AtomicBoolean();
		steps.start("one", () -> {
			daemon.set(Thread.currentThread().isDaemon());
			running.countDown();
			new CountDownLatch(1).await();
		});
		running.await();
		assertThat(steps.areOver()).isFalse();
		steps.interrupt();
		await().until(steps::areOver);
		assertThat(steps.problems()).containsExactly("one failed: java.lang.InterruptedException");
		assertThat(daemon).isTrue();
	}

	@Test
	void oneThatIsOverIsNotInterrupted() {
		Steps steps = new Steps(Runnable::run);
		steps.start("one", () -> {
		});
		steps.interrupt();
		assertThat(Thread.interrupted()).isFalse();
	}

}

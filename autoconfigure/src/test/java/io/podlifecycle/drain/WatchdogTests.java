package io.podlifecycle.drain;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Sleeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WatchdogTests {

	private final AtomicLong now = new AtomicLong();

	private final Deadline deadline = Deadline.after(Duration.ofSeconds(10), this.now::get);

	private final CompletableFuture<Thread> barked = new CompletableFuture<>();

	private volatile boolean settled;

	private void set(Sleeper sleeper) {
		Watchdog.set(this.deadline, sleeper, () -> this.settled, () -> this.barked.complete(Thread.currentThread()));
	}

	@Test
	void barksWhenTheDeadlineIsOverAndNotBefore() throws Exception {
		BlockingQueue<Duration> sleeps = new LinkedBlockingQueue<>();
		set((duration) -> {
			assertThat(this.barked).isNotDone();
			sleeps.add(duration);
			this.now.addAndGet(Duration.ofSeconds(5).toNanos());
		});
		Thread thread = this.barked.get();
		assertThat(sleeps).hasSize(2);
		assertThat(thread.isDaemon()).isTrue();
		assertThat(thread.getName()).isEqualTo("pod-lifecycle-watchdog");
	}

	@Test
	void endsAsSoonAsNothingIsLeftToWatch() throws InterruptedException {
		BlockingQueue<Thread> sleeping = new LinkedBlockingQueue<>();
		set((duration) -> {
			sleeping.add(Thread.currentThread());
			this.settled = true;
		});
		sleeping.take().join();
		this.now.addAndGet(Duration.ofSeconds(20).toNanos());
		assertThat(this.barked).isNotDone();
		assertThat(sleeping).isEmpty();
	}

	@Test
	void isCalledOffByAnInterrupt() throws InterruptedException {
		BlockingQueue<Thread> sleeping = new LinkedBlockingQueue<>();
		set((duration) -> {
			sleeping.add(Thread.currentThread());
			new CountDownLatch(1).await();
		});
		Thread thread = sleeping.take();
		thread.interrupt();
		thread.join();
		assertThat(this.barked).isNotDone();
	}

}

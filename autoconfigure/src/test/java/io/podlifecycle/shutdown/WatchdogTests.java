package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class WatchdogTests {

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

	private final CompletableFuture<Integer> halted = new CompletableFuture<>();

	private volatile boolean jvmHalts;

	private final CompletableFuture<Thread> reported = new CompletableFuture<>();

	@Test
	void haltsWhenItsTimeIsOverAfterWhatHangsWasReported() throws Exception {
		Watchdog watchdog = watchdog(() -> this.reported.complete(Thread.currentThread()));
		watchdog.start();
		watchdog.arm();
		this.now.addAndGet(Duration.ofSeconds(10).toNanos());
		watchdog.setTotal(Duration.ofSeconds(10));
		assertThat(this.halted.get()).isEqualTo(70);
		assertThat(this.reported.get().isDaemon()).isTrue();
	}

	@Test
	void isArmedOnce() throws Exception {
		Watchdog watchdog = watchdog(() -> {
		});
		watchdog.arm();
		this.now.addAndGet(Duration.ofSeconds(9).toNanos());
		watchdog.arm();
		this.now.addAndGet(Duration.ofSeconds(1).toNanos());
		watchdog.start();
		assertThat(this.halted.get()).isEqualTo(70);
	}

	@Test
	void doesNotHaltUnlessItIsArmedAndItsTimeIsOver() {
		Watchdog watchdog = watchdog(() -> {
		});
		watchdog.start();
		this.now.addAndGet(Duration.ofSeconds(20).toNanos());
		watchdog.setTotal(Duration.ofSeconds(1));
		assertThat(this.halted).isNotDone();
		watchdog.setTotal(Duration.ofSeconds(10));
		watchdog.arm();
		assertThat(this.halted).isNotDone();
		watchdog.end();
		await().untilAsserted(() -> assertThat(threads()).isZero());
		this.now.addAndGet(Duration.ofSeconds(20).toNanos());
		assertThat(this.halted).isNotDone();
	}

	@Test
	void aReportThatBlocksOrFailsDoesNotKeepItFromHalting() throws Exception {
		Watchdog blocked = watchdog(() -> {
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		blocked.arm();
		this.now.addAndGet(Duration.ofSeconds(10).toNanos());
		blocked.start();
		assertThat(this.halted.get()).isEqualTo(70);
	}

	@Test
	void leavesAJvmAloneThatIsPastItsShutdownHooks() {
		this.jvmHalts = true;
		Watchdog watchdog = watchdog(() -> {
		});
		watchdog.arm();
		this.now.addAndGet(Duration.ofSeconds(10).toNanos());
		watchdog.start();
		await().untilAsserted(() -> assertThat(threads()).isZero());
		assertThat(this.halted).isNotDone();
		assertThat(Watchdog.isJvmHalting()).isFalse();
	}

	private Watchdog watchdog(Runnable report) {
		return new Watchdog(Duration.ofSeconds(10), this.now::get, report, () -> this.jvmHalts, this.halted::complete);
	}

	private static long threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("pod-lifecycle-watchdog"))
			.count();
	}

}

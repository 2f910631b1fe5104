package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real threads, so nothing here depends on how long anything takes.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DependencyWaitTests {

	private static final Duration LONG = Duration.ofMinutes(10);

	private final AtomicInteger progress = new AtomicInteger();

	@Test
	void allAreTriedInParallel() {
		CyclicBarrier together = new CyclicBarrier(50);
		List<Dependency> dependencies = IntStream.range(0, 50).mapToObj((i) -> required((limit) -> {
			together.await();
			return ProbeResult.answered();
		})).toList();
		WaitResult result = await(dependencies, LONG);
		assertThat(result.laggards()).isEmpty();
		assertThat(result.outcomes()).hasSize(50).allMatch(DependencyOutcome::isAnswered);
	}

	@Test
	void oneThatHangsIsALaggardWhenTheTimeIsOver() throws InterruptedException {
		CountDownLatch interrupted = new CountDownLatch(1);
		WaitResult result = await(List.of(required((limit) -> ProbeResult.answered()), required((limit) -> {
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
			return ProbeResult.answered();
		})), Duration.ofMillis(200));
		assertThat(result.laggards()).singleElement().satisfies((laggard) -> {
			assertThat(laggard.attempts()).isZero();
			assertThat(laggard.lastError()).isEqualTo("not tried yet");
		});
		assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void oneThatIsNotRequiredIsTriedAndNotWaitedFor() {
		WaitResult result = await(List.of(dependency(false, (limit) -> ProbeResult.absent("nothing"))), LONG);
		assertThat(result.laggards()).isEmpty();
		assertThat(result.outcomes()).singleElement()
			.matches((outcome) -> outcome.attempts() >= 1 && !outcome.isAnswered());
	}

	@Test
	void anInterruptEndsTheWait() {
		Thread waiting = Thread.currentThread();
		WaitResult result = await(List.of(required((limit) -> {
			waiting.interrupt();
			return ProbeResult.absent("nothing");
		})), LONG);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(result.laggards()).hasSize(1);
	}

	@Test
	void tellsWhatIsMissingNowAndThen() {
		await(List.of(required(
				(limit) -> (this.progress.get() >= 3) ? ProbeResult.answered() : ProbeResult.absent("nothing"))), LONG);
		assertThat(this.progress.get()).isGreaterThanOrEqualTo(3);
	}

	@Test
	void inTheBackgroundGoesOnUntilAllHaveAnsweredOrItIsClosed() throws InterruptedException {
		CountDownLatch there = new CountDownLatch(1);
		CountDownLatch tried = new CountDownLatch(3);
		BackgroundTries background = waitFor(List.of(required((limit) -> {
			tried.countDown();
			return (there.getCount() == 0) ? ProbeResult.answered() : ProbeResult.absent("nothing");
		}))).start();
		tried.await();
		assertThat(background.missing()).hasSize(1);
		there.countDown();
		while (!background.missing().isEmpty()) {
			Thread.onSpinWait();
		}
		background.close();
	}

	private WaitResult await(List<Dependency> dependencies, Duration timeout) {
		return waitFor(dependencies).await(timeout, Duration.ofMillis(50));
	}

	private DependencyWait waitFor(List<Dependency> dependencies) {
		return new DependencyWait(dependencies, Ticker.system(), Sleeper.system(), () -> 0, new WaitListener() {

			@Override
			public void stillWaiting(List<DependencyOutcome> missing) {
				assertThat(missing).isNotEmpty();
				DependencyWaitTests.this.progress.incrementAndGet();
			}

		});
	}

	private static Dependency required(Probe probe) {
		return dependency(true, probe);
	}

	private static Dependency dependency(boolean required, Probe probe) {
		return new Dependency("fortune", Target.of("http://fortune/"), probe, required, LONG, LONG,
				new Backoff(Duration.ofMillis(1), 1, Duration.ofMillis(1), 0));
	}

}

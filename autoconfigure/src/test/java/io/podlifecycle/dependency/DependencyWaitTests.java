package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.podlifecycle.Conditions;
import io.podlifecycle.time.FakeTime;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real threads, so nothing here depends on how long anything takes. Takes seconds, since
 * a probe that hangs uses up its time.
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
		assertThat(result.unavailable()).isEmpty();
		assertThat(result.outcomes()).hasSize(50).allMatch(DependencyOutcome::isAnswered);
	}

	@Test
	void oneThatHangsIsUnavailableWhenTheTimeIsOver() throws InterruptedException {
		CountDownLatch interrupted = new CountDownLatch(1);
		WaitResult result = await(List.of(required((limit) -> ProbeResult.answered()), required((limit) -> {
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
			return ProbeResult.answered();
		})), Duration.ofSeconds(3));
		assertThat(result.unavailable()).singleElement().satisfies((outcome) -> {
			assertThat(outcome.attempts()).isZero();
			assertThat(outcome.lastError()).isEqualTo("not tried yet");
		});
		assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void oneThatIsNotRequiredIsTriedAndNotWaitedFor() {
		List<Dependency> dependencies = List.of(dependency(false, (limit) -> ProbeResult.absent("nothing")));
		WaitResult result = waitFor(dependencies).await(LONG, LONG);
		assertThat(result.unavailable()).isEmpty();
		assertThat(result.outcomes()).singleElement()
			.matches((outcome) -> outcome.attempts() >= 1 && !outcome.isAnswered());
	}

	@Test
	void anInterruptEndsTheWait() {
		Thread waiting = Thread.currentThread();
		AtomicBoolean interrupted = new AtomicBoolean();
		WaitResult result = await(List.of(required((limit) -> {
			if (interrupted.compareAndSet(false, true)) {
				waiting.interrupt();
			}
			return ProbeResult.absent("nothing");
		})), LONG);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(result.unavailable()).hasSize(1);
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
		DependencyMonitor background = waitFor(List.of(required((limit) -> {
			tried.countDown();
			return (there.getCount() == 0) ? ProbeResult.answered() : ProbeResult.absent("nothing");
		}))).start(Duration.ofHours(1));
		tried.await();
		assertThat(background.missing()).hasSize(1);
		there.countDown();
		Conditions.await(() -> background.missing().isEmpty());
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
		return required("fortune", probe);
	}

	private static Dependency required(String name, Probe probe) {
		return dependency(name, true, probe);
	}

	private static Dependency dependency(boolean required, Probe probe) {
		return dependency("fortune", required, probe);
	}

	private static Dependency dependency(String name, boolean required, Probe probe) {
		return new Dependency(name, Target.of("http://fortune/"), probe, required, LONG, LONG,
				new Backoff(Duration.ofMillis(1), 1, Duration.ofMillis(1), 0));
	}

	/** With two of them, as the end of one wakes the wait. */
	@Test
	void isOverOnlyWhenEachAnswerWasTold() {
		CountDownLatch over = new CountDownLatch(1);
		List<String> events = new CopyOnWriteArrayList<>();
		Probe answers = (limit) -> ProbeResult.answered();
		DependencyWait wait = new DependencyWait(List.of(required("slow", answers), required("quick", answers)),
				Ticker.system(), Sleeper.system(), () -> 0, new WaitListener() {

					@Override
					public void tried(DependencyOutcome outcome) {
						if (outcome.dependency().name().equals("slow")) {
							tellSlowly(over);
						}
						events.add(outcome.dependency().name());
					}

				});
		wait.await(LONG, LONG);
		events.add("over");
		over.countDown();
		assertThat(events).hasSize(3).endsWith("over");
	}

	/** Until the wait is over, if it is so too early; otherwise only for a while. */
	private static void tellSlowly(CountDownLatch over) {
		try {
			over.await(200, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void tellsWhatBeginsAndEachTry() {
		List<String> events = new CopyOnWriteArrayList<>();
		new DependencyWait(List.of(required((limit) -> ProbeResult.answered())), Ticker.system(), Sleeper.system(),
				() -> 0, new WaitListener() {

					@Override
					public void started(List<Dependency> dependencies) {
						events.add("started " + dependencies.size());
					}

					@Override
					public void tried(DependencyOutcome outcome) {
						events.add("tried " + outcome.state());
					}

				})
			.await(LONG, LONG);
		// Told by the thread that tries, which may be a moment later.
		Awaitility.await().until(() -> events.equals(List.of("started 1", "tried ANSWERED")));
	}

	@Test
	void inTheBackgroundTellsHowFarItIsAndEndsWhenItIsClosed() throws InterruptedException {
		BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
		DependencyMonitor background = waitFor(List.of(required((limit) -> {
			threads.add(Thread.currentThread());
			new CountDownLatch(1).await();
			return ProbeResult.answered();
		}))).start(Duration.ofHours(1));
		Thread thread = threads.take();
		assertThat(thread.isDaemon()).isTrue();
		assertThat(thread.getName()).isEqualTo("await-fortune");
		assertThat(background.answers()).containsExactly(Map.entry("fortune", false));
		assertThat(background.outcomes()).singleElement()
			.extracting(DependencyOutcome::lastError)
			.isEqualTo("not tried yet");
		background.close();
		thread.join();
		assertThat(background.missing()).hasSize(1);
	}

	@Test
	void inTheBackgroundTellsWhatHasAnswered() {
		DependencyMonitor background = waitFor(List.of(required((limit) -> ProbeResult.answered())))
			.start(Duration.ofHours(1));
		Awaitility.await().until(() -> background.missing().isEmpty());
		assertThat(background.answers()).containsExactly(Map.entry("fortune", true));
		background.close();
	}

	@Test
	void mayEndAsSoonAsARequiredDependencyRefusesForGood() {
		List<Dependency> dependencies = List.of(required((limit) -> ProbeResult.refused("wrong password")),
				required((limit) -> ProbeResult.absent("nothing")));
		assertThat(waitFor(dependencies).await(Duration.ofMillis(100), Duration.ofSeconds(5)).elapsed())
			.isGreaterThanOrEqualTo(Duration.ofMillis(100));
		WaitResult result = waitFor(dependencies).endingOnRefusal().await(Duration.ofMinutes(5), Duration.ofSeconds(5));
		assertThat(result.unavailable()).hasSize(2)
			.first()
			.extracting(DependencyOutcome::lastError)
			.isEqualTo("wrong password");
	}

	@Test
	void inTheBackgroundRemindsOfWhatIsMissingAndTellsOfTheEnd() {
		AtomicBoolean there = new AtomicBoolean();
		Queue<String> events = new ConcurrentLinkedQueue<>();
		Dependency dependency = required(
				(limit) -> there.get() ? ProbeResult.answered() : ProbeResult.absent("nothing"));
		DependencyMonitor background = new DependencyWait(List.of(dependency), Ticker.system(), Sleeper.system(),
				() -> 0, new WaitListener() {

					@Override
					public void stillWaiting(List<DependencyOutcome> missing) {
						missing.forEach((outcome) -> events.add("missing " + outcome.dependency().name()));
					}

					@Override
					public void ended(Duration elapsed) {
						events.add("ended");
					}

				})
			.start(Duration.ofMillis(1));
		Awaitility.await().until(() -> events.contains("missing fortune"));
		assertThat(events).doesNotContain("ended");
		there.set(true);
		Awaitility.await().until(() -> events.contains("ended"));
		background.close();
	}

	@Test
	void whenOneAnswersItIsTheTurnOfAllOthers() {
		// While the time stands still only one of them has its turn.
		FakeTime time = new FakeTime();
		List<Dependency> dependencies = IntStream.range(0, 20).mapToObj((i) -> {
			AtomicInteger tries = new AtomicInteger();
			return required(
					(limit) -> (tries.getAndIncrement() == 0) ? ProbeResult.absent("nothing") : ProbeResult.answered());
		}).toList();
		DependencyMonitor background = new DependencyWait(dependencies, time, (duration) -> {
		}, () -> 0, new WaitListener() {
		}).start(Duration.ofHours(1));
		Awaitility.await().until(() -> background.missing().isEmpty());
		background.close();
	}

	@Test
	void whatHasGivenUpIsNotWaitedFor() {
		Dependency dependency = required((limit) -> ProbeResult.absent("nothing")).withTimeout(Duration.ofMillis(1));
		WaitResult result = waitFor(List.of(dependency)).await(LONG, LONG);
		assertThat(result.unavailable()).singleElement()
			.extracting(DependencyOutcome::state)
			.isEqualTo(DependencyOutcome.State.GIVEN_UP);
		assertThat(result.elapsed()).isPositive();
	}

}

package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.dependency.ProbeResult.Status;
import io.podlifecycle.time.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Several watches, each of which sleeps for ever after its first try.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DependencyWatchesTests implements WatchListener {

	private final BlockingQueue<Thread> sleeping = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

	private final DependencyWatches watches = DependencyWatches.start(List.of(watched("there", true, Status.ANSWERED),
			watched("absent", true, Status.ABSENT), watched("optional", false, Status.ABSENT)), Ticker.system(),
			(duration) -> {
				this.sleeping.add(Thread.currentThread());
				new CountDownLatch(1).await();
			}, () -> 0, Duration.ofSeconds(5), this);

	@AfterEach
	void close() {
		this.watches.close();
	}

	@Test
	void whatIsRequiredAndGoneIsMissing() {
		await().until(() -> this.sleeping.size() == 3);
		assertThat(this.watches.missing()).singleElement().satisfies((outcome) -> {
			assertThat(outcome.dependency().name()).isEqualTo("absent");
			assertThat(outcome.lastError()).isEqualTo("nothing");
		});
		assertThat(this.watches.answers()).containsExactly(Map.entry("there", true), Map.entry("absent", false),
				Map.entry("optional", false));
		assertThat(this.watches.outcomes()).isEmpty();
		assertThat(this.events).containsExactly("found there");
	}

	@Test
	void itsThreadsKeepNoProcessAndEndWhenItIsClosed() throws InterruptedException {
		await().until(() -> this.sleeping.size() == 3);
		this.watches.close();
		assertThat(this.sleeping).extracting(Thread::getName)
			.containsExactlyInAnyOrder("watch-there", "watch-absent", "watch-optional");
		for (Thread thread : this.sleeping) {
			assertThat(thread.isDaemon()).isTrue();
			thread.join();
		}
	}

	@Override
	public void lost(DependencyOutcome outcome) {
		this.events.add("lost " + outcome.dependency().name());
	}

	@Override
	public void found(DependencyOutcome outcome) {
		this.events.add("found " + outcome.dependency().name());
	}

	private static WatchedDependency watched(String name, boolean required, Status status) {
		Duration second = Duration.ofSeconds(1);
		ProbeResult result = new ProbeResult(status, (status == Status.ANSWERED) ? "" : "nothing");
		Dependency dependency = new Dependency(name, Target.of("tcp://" + name + ":80"), (timeLimit) -> result,
				required, second, second, new Backoff(second, 1, second, 0));
		return new WatchedDependency(dependency, Gate.READINESS, second, 1, 1);
	}

}

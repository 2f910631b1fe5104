package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ProbeThreadsTests {

	@Test
	void whatATryStartsWorksForATry() throws Exception {
		CompletableFuture<Boolean> started = new CompletableFuture<>();
		CompletableFuture<Boolean> itself = new CompletableFuture<>();
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		new BoundedProbe((timeLimit) -> {
			itself.complete(ProbeThreads.isCurrent());
			thread.complete(Thread.currentThread());
			new Thread(() -> started.complete(ProbeThreads.isCurrent())).start();
			return ProbeResult.answered();
		}, ProbeThreads.pool()).check(Duration.ofSeconds(30));
		assertThat(itself.get()).isTrue();
		assertThat(started.get()).isTrue();
		assertThat(thread.get().isDaemon()).isTrue();
		assertThat(thread.get().getName()).isEqualTo("probe");
		assertThat(ProbeThreads.isCurrent()).isFalse();
	}

}

package io.podlifecycle.boot.startup;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.podlifecycle.dependency.Backoff;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.support.GenericApplicationContext;

import static io.podlifecycle.Conditions.await;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HealthReadinessGateTests {

	private final GenericApplicationContext context = new GenericApplicationContext();

	@Test
	void isClosedUntilWhatItNeedsHasAnsweredOnce() {
		AtomicBoolean up = new AtomicBoolean();
		HealthReadinessGate gate = gate((timeLimit) -> up.get() ? ProbeResult.answered() : ProbeResult.notYet("down"));
		assertThat(gate.missing()).singleElement().satisfies((outcome) -> assertThat(outcome.attempts()).isZero());
		refresh(gate);
		await(() -> gate.missing().get(0).attempts() > 0);
		assertThat(gate.answers()).containsEntry("db", false);
		up.set(true);
		await(() -> gate.missing().isEmpty());
		up.set(false);
		assertThat(gate.answers()).containsEntry("db", true);
		this.context.close();
	}

	@Test
	void endsItsTriesWhenTheContextCloses() throws InterruptedException {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		HealthReadinessGate gate = gate((timeLimit) -> {
			begun.countDown();
			try {
				return new CountDownLatch(1).await(1, TimeUnit.HOURS) ? ProbeResult.answered()
						: ProbeResult.notYet("down");
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
				throw ex;
			}
		});
		refresh(gate);
		assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
		this.context.close();
		assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(gate.missing()).hasSize(1);
	}

	@Test
	void triesNothingWhenAnotherContextIsRefreshed() {
		HealthReadinessGate gate = gate((timeLimit) -> ProbeResult.answered());
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		gate.onApplicationEvent(new ContextRefreshedEvent(new GenericApplicationContext()));
		assertThat(Thread.getAllStackTraces().keySet()).filteredOn((thread) -> !before.contains(thread))
			.noneMatch((thread) -> thread.getName().equals("await-db"));
		gate.close();
		assertThat(gate.missing()).hasSize(1);
	}

	private void refresh(HealthReadinessGate gate) {
		this.context.addApplicationListener(gate);
		this.context.refresh();
	}

	private HealthReadinessGate gate(Probe probe) {
		Backoff backoff = new Backoff(Duration.ofMillis(1), 1, Duration.ofMillis(1), 0);
		return new HealthReadinessGate(List.of(new Dependency("db", Target.of("health:db"), probe, true,
				Dependency.NO_TIMEOUT, Duration.ofSeconds(1), backoff)), Duration.ofMillis(1), this.context);
	}

}

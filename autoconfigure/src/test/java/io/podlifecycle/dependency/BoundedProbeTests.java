package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.podlifecycle.dependency.ProbeResult.Status;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Takes seconds, since a probe that hangs uses up its time.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BoundedProbeTests {

	private static final Duration SHORT = Duration.ofMillis(50);

	private static final Duration LONG = Duration.ofSeconds(30);

	private final CountDownLatch released = new CountDownLatch(1);

	@AfterEach
	void release() {
		this.released.countDown();
	}

	@Test
	void whatIsFoundInTimeIsPassedOn() throws Exception {
		assertThat(bounded((timeLimit) -> ProbeResult.notYet("of " + timeLimit)).check(LONG))
			.isEqualTo(ProbeResult.notYet("of PT30S"));
	}

	@Test
	void whatIsThrownIsPassedOn() {
		BoundedProbe failing = bounded((timeLimit) -> {
			throw new IllegalStateException("broken");
		});
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> failing.check(LONG))
			.withMessage("broken");
		BoundedProbe unlinked = bounded((timeLimit) -> {
			throw new NoClassDefFoundError("com/example/Driver");
		});
		assertThatExceptionOfType(NoClassDefFoundError.class).isThrownBy(() -> unlinked.check(LONG));
	}

	@Test
	void aTryThatHangsIsLeft() throws Exception {
		Stopwatch stopwatch = Stopwatch.start(Ticker.system());
		ProbeResult result = bounded(this::hang).check(SHORT);
		assertThat(result).isEqualTo(ProbeResult.timedOut("the try hangs; left it after 50 ms"));
		assertThat(stopwatch.elapsed()).isLessThan(LONG);
	}

	@Test
	void aTryThatHangsDoesNotStopTheNext() throws Exception {
		AtomicInteger tries = new AtomicInteger();
		BoundedProbe probe = bounded(
				(timeLimit) -> (tries.getAndIncrement() == 0) ? hang(timeLimit) : ProbeResult.answered());
		while (tries.get() == 0) {
			assertThat(probe.check(SHORT).status()).isEqualTo(Status.TIMED_OUT);
		}
		assertThat(probe.check(LONG)).isEqualTo(ProbeResult.answered());
	}

	@Test
	void triesThatHangDoNotPileUp() throws Exception {
		AtomicInteger tries = new AtomicInteger();
		BoundedProbe probe = bounded((timeLimit) -> {
			tries.incrementAndGet();
			return hang(timeLimit);
		});
		while (tries.get() < 4) {
			probe.check(SHORT);
		}
		assertThat(probe.check(SHORT)).isEqualTo(ProbeResult.timedOut("4 tries hang"));
		assertThat(tries).hasValue(4);
	}

	@Test
	void aTryThatCanBeInterruptedIs() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		BoundedProbe probe = bounded((timeLimit) -> {
			begun.countDown();
			try {
				this.released.await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
			return ProbeResult.answered();
		});
		while (begun.getCount() > 0) {
			probe.check(SHORT);
		}
		assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void triesOfACallerThatIsInterruptedDoNotPileUp() throws Exception {
		BoundedProbe probe = bounded((timeLimit) -> ProbeResult.answered());
		for (int i = 0; i < 100; i++) {
			interrupted(probe);
		}
		await().until(() -> probe.check(LONG).equals(ProbeResult.answered()));
	}

	private static void interrupted(BoundedProbe probe) throws Exception {
		Thread.currentThread().interrupt();
		try {
			probe.check(LONG);
		}
		catch (InterruptedException ex) {
			// As it may be, unless those before are still about to end.
		}
		Thread.interrupted();
	}

	@Test
	void anInterruptOfTheCallerEndsTheTry() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> bounded(this::hang).check(LONG));
	}

	private static BoundedProbe bounded(Probe probe) {
		return new BoundedProbe(probe, ProbeThreads.pool());
	}

	/** As the look-up of a name does: no interrupt ends it. */
	private ProbeResult hang(Duration timeLimit) {
		while (true) {
			try {
				this.released.await();
				return ProbeResult.answered();
			}
			catch (InterruptedException ex) {
				// Not impressed.
			}
		}
	}

}

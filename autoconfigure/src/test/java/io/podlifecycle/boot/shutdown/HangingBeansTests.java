package io.podlifecycle.boot.shutdown;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.ShutdownReport.Hang;
import io.podlifecycle.report.ShutdownReport.Hang.Kind;
import io.podlifecycle.report.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.context.support.GenericApplicationContext;

import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A context that does not close, in which all lifecycle beans say that they are running.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class HangingBeansTests {

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final PhaseTimeouts phases = new PhaseTimeouts(this.context, () -> {
	});

	private final CountDownLatch released = new CountDownLatch(1);

	private final Thread closing = new Thread(this.context::close, "closing");

	@AfterEach
	void release() throws InterruptedException {
		this.released.countDown();
		this.closing.join();
	}

	@Test
	void oneWhoseStopBlocksIsNamedAndNoOtherOfAnyPhase() {
		List<Hang> hanging = hanging("blocks", new Blocking(1024), new Running(1024), new Running(3), new Running(7));
		assertThat(hanging).singleElement().satisfies((hang) -> {
			assertThat(hang).extracting(Hang::kind, Hang::bean, Hang::phase, Hang::thread)
				.containsExactly(Kind.BEAN_STOP, "blocks", 1024, "closing");
			assertThat(hang.stack()).singleElement().asString().contains("Blocking.stop");
		});
	}

	@Test
	void oneThatNeverCallsBackIsNamedAndNoneOfAnotherPhase() {
		List<Hang> hanging = hanging("waits", new NeverCallingBack(0), new Running(-3), new Running(5000));
		assertThat(hanging).containsExactly(new Hang(Kind.BEAN_STOP, "waits", 0, null, List.of()));
	}

	@Test
	void oneWhoseDestructionBlocksIsNamed() {
		List<Hang> hanging = hanging("destroyed", new Destroyed(), new Running(3));
		assertThat(hanging).singleElement().satisfies((hang) -> {
			assertThat(hang).extracting(Hang::kind, Hang::bean, Hang::phase, Hang::thread)
				.containsExactly(Kind.BEAN_DESTRUCTION, "destroyed", null, "closing");
			assertThat(hang.stack()).singleElement().asString().contains("BaseOfDestroyed.destroy");
		});
	}

	private List<Hang> hanging(String name, Object bean, SmartLifecycle... others) {
		DefaultLifecycleProcessor processor = new DefaultLifecycleProcessor();
		this.context.registerBean("lifecycleProcessor", DefaultLifecycleProcessor.class, () -> processor);
		register(name, bean);
		for (SmartLifecycle other : others) {
			register("other" + other.getPhase(), other);
		}
		this.context.refresh();
		this.phases.quiescing(ShutdownReport.ofStart(Trigger.SIGTERM, ZERO));
		HangingBeans beans = new HangingBeans(this.context.getBeanFactory());
		this.closing.start();
		await().until(() -> this.closing.getState() == Thread.State.WAITING
				|| this.closing.getState() == Thread.State.TIMED_WAITING);
		return beans.find(Map.of(this.closing, this.closing.getStackTrace()), this.phases.stopping());
	}

	@SuppressWarnings("unchecked")
	private void register(String name, Object bean) {
		this.context.registerBean(name, (Class<Object>) bean.getClass(), () -> bean);
	}

	private void block() {
		try {
			this.released.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static class Running implements SmartLifecycle {

		private final int phase;

		Running(int phase) {
			this.phase = phase;
		}

		@Override
		public void start() {
			// It always runs.
		}

		@Override
		public void stop() {
			// It goes on running.
		}

		@Override
		public boolean isRunning() {
			return true;
		}

		@Override
		public int getPhase() {
			return this.phase;
		}

	}

	private final class Blocking extends Running {

		Blocking(int phase) {
			super(phase);
		}

		@Override
		public void stop() {
			block();
		}

	}

	private final class NeverCallingBack extends Running {

		NeverCallingBack(int phase) {
			super(phase);
		}

		@Override
		public void stop(Runnable callback) {
			new Thread(() -> {
				block();
				callback.run();
			}).start();
		}

	}

	private class BaseOfDestroyed implements DisposableBean {

		@Override
		public void destroy() {
			block();
		}

	}

	private final class Destroyed extends BaseOfDestroyed {

	}

}

package io.podlifecycle.context;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.podlifecycle.time.FakeTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TerminationSignalTests {

	private final FakeTime time = new FakeTime();

	private final Table table = new Table();

	private final TerminationSignal signal = new TerminationSignal(this.table, this.time);

	@Test
	void aHandlerIsInPlaceWhileSomebodyListens() {
		Application first = new Application();
		Application second = new Application();
		assertThat(this.signal.listen(first)).isTrue();
		assertThat(this.signal.listen(second)).isTrue();
		this.signal.ignore(first);
		assertThat(this.table.handler).isNotNull();
		this.signal.ignore(second);
		assertThat(this.table.handler).isNull();
		this.signal.ignore(second);
		assertThat(this.table.installed).hasValue(1);
	}

	@Test
	void whereTheJvmKeepsTheSignalNobodyListens() {
		this.table.refuses = true;
		assertThat(this.signal.listen(new Application())).isFalse();
	}

	@Test
	void allLeaveOnThreadsOfTheirOwnBeforeTheSignalIsForwarded() throws InterruptedException {
		Application first = new Application();
		Application second = new Application();
		this.signal.listen(first);
		this.signal.listen(second);
		this.table.raise();
		first.terminating.await();
		second.terminating.await();
		assertThat(this.table.forwarded.getCount()).isEqualTo(1);
		first.mayEnd.countDown();
		second.mayEnd.countDown();
		this.table.forwarded.await();
		Thread thread = first.thread.get();
		assertThat(thread).isNotNull();
		assertThat(thread.isDaemon()).isFalse();
		assertThat(thread.getContextClassLoader()).isSameAs(first.classLoader());
	}

	@Test
	void theJvmLivesUntilTheSignalIsForwardedAlthoughItsOwnThreadIsADaemon() throws InterruptedException {
		Application application = new Application();
		application.mayEnd.countDown();
		this.signal.listen(application);
		Thread ofTheJvm = new Thread(this.table::raise);
		ofTheJvm.setDaemon(true);
		ofTheJvm.start();
		this.table.forwarded.await();
		assertThat(this.table.forwarder).isNotNull();
		assertThat(this.table.forwarder.isDaemon()).isFalse();
	}

	@Test
	void aDuplicateIsIgnoredAndALaterOneHurries() throws InterruptedException {
		Application application = new Application();
		this.signal.listen(application);
		this.table.raise();
		application.terminating.await();
		this.time.pass(Duration.ofMillis(1999));
		this.table.raise();
		assertThat(application.hurried).hasValue(0);
		this.time.pass(Duration.ofMillis(1));
		this.table.raise();
		assertThat(application.hurried).hasValue(1);
		application.mayEnd.countDown();
		this.table.forwarded.await();
		assertThat(application.terminated).hasValue(1);
	}

	@Test
	void oneThatFailsDoesNotKeepTheSignalBack() throws InterruptedException {
		Application application = new Application() {

			@Override
			public void terminate() {
				Thread.currentThread().setUncaughtExceptionHandler((thread, ex) -> {
				});
				throw new IllegalStateException("cannot leave");
			}

		};
		this.signal.listen(application);
		this.table.raise();
		this.table.forwarded.await();
		assertThat(this.table.forwarded.getCount()).isZero();
	}

	private static class Application implements SignalListener {

		private final ClassLoader classLoader = new ClassLoader() {
		};

		private final CountDownLatch terminating = new CountDownLatch(1);

		private final CountDownLatch mayEnd = new CountDownLatch(1);

		private final AtomicInteger terminated = new AtomicInteger();

		private final AtomicInteger hurried = new AtomicInteger();

		private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

		@Override
		public ClassLoader classLoader() {
			return this.classLoader;
		}

		@Override
		public void terminate() {
			this.thread.set(Thread.currentThread());
			this.terminated.incrementAndGet();
			this.terminating.countDown();
			try {
				this.mayEnd.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		@Override
		public void hurry() {
			this.hurried.incrementAndGet();
		}

	}

	private static final class Table implements SignalTable {

		private final AtomicInteger installed = new AtomicInteger();

		private final CountDownLatch forwarded = new CountDownLatch(1);

		private @Nullable Runnable handler;

		private volatile @Nullable Thread forwarder;

		private boolean refuses;

		@Override
		public boolean install(Runnable handler) {
			this.installed.incrementAndGet();
			this.handler = handler;
			return !this.refuses;
		}

		@Override
		public void restore() {
			this.handler = null;
		}

		@Override
		public void forward() {
			this.forwarder = Thread.currentThread();
			this.forwarded.countDown();
		}

		private void raise() {
			assertThat(this.handler).isNotNull();
			this.handler.run();
		}

	}

}

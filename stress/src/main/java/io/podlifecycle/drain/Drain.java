package io.podlifecycle.drain;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.podlifecycle.drain.PropagationDelay.Mode;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.shutdown.GracefulShutdown;
import io.podlifecycle.shutdown.Lifecycle;
import io.podlifecycle.shutdown.Readiness;
import io.podlifecycle.shutdown.ShutdownSettings;
import io.podlifecycle.time.Ticker;

/**
 * A shutdown without a delay, in which no time passes and whoever waits looks all the
 * time. What is never let go waits for ever, which jcstress takes for a failure.
 */
final class Drain {

	private static final Ticker NO_TIME = () -> 0;

	private static final Duration LONG = Duration.ofHours(1);

	private static final ShutdownSettings SETTINGS = new ShutdownSettings(
			new GraceBudget(LONG, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, LONG),
			new PropagationDelay(Mode.FIXED, Duration.ZERO, Duration.ZERO, Duration.ZERO), false,
			RefuseReadiness.IMMEDIATELY, LONG, LONG);

	final InFlight inFlight = new InFlight(NO_TIME);

	private final AtomicInteger begun = new AtomicInteger();

	private final AtomicInteger over = new AtomicInteger();

	private final Lifecycle lifecycle = new Lifecycle();

	private final GracefulShutdown shutdown = new GracefulShutdown(SETTINGS, this.lifecycle, new NoReadiness(),
			new ObservedWork(this.inFlight, new Traffic(NO_TIME)),
			new Participants(List.of(), Map.of(), List.of(), Runnable::run), List.of(new Counter()), NO_TIME,
			(duration) -> Thread.onSpinWait(), () -> false);

	/**
	 * Shut down for one of the triggers.
	 * @return how many shutdowns were over then
	 */
	int shutDown(Trigger trigger) {
		this.shutdown.shutDown(trigger);
		return this.over.get();
	}

	int begun() {
		return this.begun.get();
	}

	Lifecycle lifecycle() {
		return this.lifecycle;
	}

	GracefulShutdown shutdown() {
		return this.shutdown;
	}

	private static final class NoReadiness implements Readiness {

		@Override
		public boolean hasBeenReady() {
			return false;
		}

		@Override
		public void refuse() {
		}

		@Override
		public void announce() {
		}

	}

	private final class Counter implements ShutdownListener {

		@Override
		public void quiescing(DrainReport report) {
			Drain.this.begun.incrementAndGet();
		}

		@Override
		public void drained(DrainReport report) {
			Drain.this.over.incrementAndGet();
		}

	}

}

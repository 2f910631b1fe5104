package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.podlifecycle.report.Propagation;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.shutdown.PropagationDelay.Mode;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.InFlight;
import io.podlifecycle.work.ObservedWork;
import io.podlifecycle.work.Traffic;

/**
 * A shutdown without a delay, in which no time passes and whoever waits looks all the
 * time. What is never let go waits for ever, which jcstress takes for a failure.
 */
public final class Drain {

	private static final Ticker NO_TIME = () -> 0;

	private static final Duration LONG = Duration.ofHours(1);

	private static final ShutdownSettings SETTINGS = new ShutdownSettings(
			new GraceBudget(LONG, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, LONG, false),
			new PropagationDelay(Mode.FIXED, Duration.ZERO, Duration.ZERO, Duration.ZERO), Propagation.DISABLED,
			RefuseReadiness.IMMEDIATELY, LONG, LONG);

	/** What the drain waits for. */
	public final InFlight inFlight = new InFlight(NO_TIME);

	private final AtomicInteger begun = new AtomicInteger();

	private final AtomicInteger over = new AtomicInteger();

	private final Lifecycle lifecycle;

	private final GracefulShutdown shutdown;

	/** Create the shutdown of an application whose states are of no interest. */
	public Drain() {
		this(new Lifecycle());
	}

	/**
	 * Create the shutdown of an application.
	 * @param lifecycle the state machine of the application
	 */
	public Drain(Lifecycle lifecycle) {
		this.lifecycle = lifecycle;
		this.shutdown = new GracefulShutdown(SETTINGS, lifecycle, new NoReadiness(),
				new ObservedWork(this.inFlight, new Traffic(NO_TIME)),
				new Participants(List.of(), Map.of(), List.of(), Runnable::run), List.of(new Counter()), NO_TIME,
				(duration) -> Thread.onSpinWait(), () -> false);
	}

	/**
	 * Shut down for one of the triggers.
	 * @param trigger the trigger
	 * @return how many shutdowns were over then
	 */
	public int shutDown(Trigger trigger) {
		this.shutdown.shutDown(trigger, Stopwatch.start(NO_TIME));
		return over();
	}

	/**
	 * Return how many shutdowns are over.
	 * @return the number
	 */
	public int over() {
		return this.over.get();
	}

	int begun() {
		return this.begun.get();
	}

	Lifecycle lifecycle() {
		return this.lifecycle;
	}

	/**
	 * Return the shutdown.
	 * @return the shutdown
	 */
	public GracefulShutdown shutdown() {
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
		public void quiescing(ShutdownReport report) {
			Drain.this.begun.incrementAndGet();
		}

		@Override
		public void drained(ShutdownReport report) {
			Drain.this.over.incrementAndGet();
		}

	}

}

package io.podlifecycle.drain;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.podlifecycle.drain.PropagationDelay.Mode;
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

	private final ShutdownSequence sequence = new ShutdownSequence(SETTINGS, () -> {
	}, new ObservedWork(this.inFlight, new Traffic(NO_TIME)),
			new Participants(List.of(), Map.of(), List.of(), Runnable::run), new Counter(), NO_TIME,
			(duration) -> Thread.onSpinWait());

	/**
	 * Leave by one of the doors.
	 * @return how many shutdowns were over then
	 */
	int leave(ShutdownCause cause) {
		this.sequence.leave(cause);
		return this.over.get();
	}

	int begun() {
		return this.begun.get();
	}

	ShutdownSequence sequence() {
		return this.sequence;
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

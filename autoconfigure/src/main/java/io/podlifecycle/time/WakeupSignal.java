package io.podlifecycle.time;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.Internal;

/**
 * Wakes a thread that waits for something to happen. A signal that no thread waits for is
 * kept for the next wait. Safe for use by several threads; one of them waits.
 *
 * @since 0.1.0
 */
@Internal
public final class WakeupSignal {

	private final Semaphore signals = new Semaphore(0);

	/**
	 * Wake the thread that waits, or the next one that does.
	 */
	public void wake() {
		this.signals.release();
	}

	/**
	 * Wait for a signal.
	 * @param atMost how long, in real time
	 * @return {@code false} if the thread was interrupted; its flag is set again, and the
	 * caller is expected to leave its loop
	 */
	public boolean await(Duration atMost) {
		try {
			if (this.signals.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
				this.signals.drainPermits();
			}
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}

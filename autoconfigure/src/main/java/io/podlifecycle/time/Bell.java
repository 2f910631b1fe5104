package io.podlifecycle.time;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Wakes a thread that waits for something to happen. A ring that nobody waits for is kept
 * for the next wait. Safe for use by several threads; one of them waits.
 *
 * @since 0.1.0
 */
public final class Bell {

	private final Semaphore rings = new Semaphore(0);

	/**
	 * Wake the thread that waits, or the next that does.
	 */
	public void ring() {
		this.rings.release();
	}

	/**
	 * Wait for a ring.
	 * @param atMost how long, in real time
	 * @return {@code false} if the thread was interrupted; its flag is set again, and the
	 * caller is expected to leave its loop
	 */
	public boolean await(Duration atMost) {
		try {
			if (this.rings.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
				this.rings.drainPermits();
			}
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}

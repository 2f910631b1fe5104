package io.podlifecycle.time;

import java.time.Duration;

import io.podlifecycle.Internal;

/**
 * Detects that the process was paused between two looks: by SIGSTOP, a frozen cgroup, a
 * CPU quota that is used up, a garbage collection. Used by one thread.
 *
 * @since 0.1.0
 */
@Internal
public final class PauseDetector {

	private final Duration pause;

	private final Ticker ticker;

	private Deadline nextLook;

	/**
	 * Create a detector whose first look is now.
	 * @param pause the time between two looks from which on it was a pause
	 * @param ticker the source of time
	 */
	public PauseDetector(Duration pause, Ticker ticker) {
		this.pause = pause;
		this.ticker = ticker;
		this.nextLook = Deadline.after(pause, ticker);
	}

	/**
	 * Look.
	 * @return whether the process was paused since the last look
	 */
	public boolean wasPaused() {
		boolean late = this.nextLook.isOver();
		this.nextLook = Deadline.after(this.pause, this.ticker);
		return late;
	}

}

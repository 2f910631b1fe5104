package io.podlifecycle.time;

import java.time.Duration;

import io.podlifecycle.Internal;

/**
 * Detects that the process was paused between two calls: by SIGSTOP, a frozen cgroup, a
 * CPU quota that is used up, a garbage collection. Used by one thread.
 *
 * @since 0.1.0
 */
@Internal
public final class PauseDetector {

	private final Duration pause;

	private final Ticker ticker;

	private Deadline pauseDeadline;

	/**
	 * Create a detector of pauses from now on.
	 * @param pause the time between two calls from which on it was a pause
	 * @param ticker the source of time
	 */
	public PauseDetector(Duration pause, Ticker ticker) {
		this.pause = pause;
		this.ticker = ticker;
		this.pauseDeadline = Deadline.after(pause, ticker);
	}

	/**
	 * Detect a pause since the last call.
	 * @return whether the process was paused
	 */
	public boolean detectPause() {
		boolean late = this.pauseDeadline.isOver();
		this.pauseDeadline = Deadline.after(this.pause, this.ticker);
		return late;
	}

}

package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Notices an exit of the JVM that begins during a shutdown. Code of the user may be what
 * has begun it, and then it is blocked until the JVM ends: soon after, nothing waits for
 * code of the user any more. Used by one thread.
 */
final class ExitWatch {

	private static final Duration TIMEOUT = Duration.ofMillis(500);

	private final BooleanSupplier jvmExit;

	private final Ticker ticker;

	private final boolean before;

	private @Nullable Deadline deadline;

	ExitWatch(BooleanSupplier jvmExit, Ticker ticker) {
		this.jvmExit = jvmExit;
		this.ticker = ticker;
		this.before = jvmExit.getAsBoolean();
	}

	boolean isUserCodeGivenUp() {
		if (this.deadline == null && !this.before && this.jvmExit.getAsBoolean()) {
			this.deadline = Deadline.after(TIMEOUT, this.ticker);
		}
		return this.deadline != null && this.deadline.isOver();
	}

}

package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.function.IntConsumer;

import io.podlifecycle.time.Ticker;
import io.podlifecycle.time.WakeupSignal;

/**
 * Halts a JVM that is still there at its deadline, after it has had what hangs reported:
 * an explained end beats a silent SIGKILL. Its thread exists from the beginning on and is
 * only woken; it is a daemon. Safe for use by several threads.
 */
final class Watchdog {

	/**
	 * The exit code of a process that was still there at its deadline: EX_SOFTWARE of
	 * sysexits.h.
	 */
	static final int EXIT_CODE = 70;

	private static final Duration UNTIL_ARMED = Duration.ofDays(365);

	/** What reports may block, and must not keep the process from its end. */
	private static final Duration TIME_TO_REPORT = Duration.ofMillis(1500);

	private final Ticker ticker;

	private final Runnable report;

	private final IntConsumer halt;

	private final WakeupSignal wakeup = new WakeupSignal();

	private volatile long total;

	private volatile boolean armed;

	private volatile long armedAt;

	private volatile boolean ended;

	/**
	 * Create a watchdog that is not armed.
	 * @param total how long the process may take from then on
	 * @param ticker the source of time
	 * @param report reports what hangs; it runs on a thread of its own, for a limited
	 * time
	 * @param halt halts the JVM with an exit code
	 */
	Watchdog(Duration total, Ticker ticker, Runnable report, IntConsumer halt) {
		this.total = total.toNanos();
		this.ticker = ticker;
		this.report = report;
		this.halt = halt;
	}

	void start() {
		Thread thread = new Thread(null, this::watch, "pod-lifecycle-watchdog", 0, false);
		thread.setDaemon(true);
		thread.setContextClassLoader(null);
		thread.start();
	}

	void setTotal(Duration total) {
		this.total = total.toNanos();
	}

	/** Start the time. Allocates nothing, and has no effect from the second call on. */
	synchronized void arm() {
		if (!this.armed) {
			this.armedAt = this.ticker.nanos();
			this.armed = true;
			this.wakeup.wake();
		}
	}

	void end() {
		this.ended = true;
		this.wakeup.wake();
	}

	private void watch() {
		while (!this.ended) {
			long remaining = this.armed ? this.total - (this.ticker.nanos() - this.armedAt) : UNTIL_ARMED.toNanos();
			if (remaining <= 0) {
				reportAndHalt();
				return;
			}
			this.wakeup.await(Duration.ofNanos(remaining));
			Thread.interrupted();
		}
	}

	private void reportAndHalt() {
		try {
			Thread thread = new Thread(this.report, "pod-lifecycle-overdue");
			thread.setDaemon(true);
			thread.start();
			thread.join(TIME_TO_REPORT.toMillis());
		}
		catch (Throwable ex) {
			// What only explains the end must not keep the process from it.
		}
		finally {
			this.halt.accept(EXIT_CODE);
		}
	}

}

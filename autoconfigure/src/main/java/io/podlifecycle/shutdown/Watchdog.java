package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

import io.podlifecycle.time.DaemonThreads;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.time.WakeupSignal;

/**
 * Halts a JVM that is still there at its deadline, after it has had what hangs reported:
 * an explained end beats a silent SIGKILL. What the JVM itself does after its shutdown
 * hooks, such as writing an AOT cache, is left to it. Its thread exists from the
 * beginning on and is only woken; it is a daemon. Safe for use by several threads.
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

	private final BooleanSupplier jvmHalts;

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
	 * @param jvmHalts whether all shutdown hooks of the JVM are over
	 * @param halt halts the JVM with an exit code
	 */
	Watchdog(Duration total, Ticker ticker, Runnable report, BooleanSupplier jvmHalts, IntConsumer halt) {
		this.total = total.toNanos();
		this.ticker = ticker;
		this.report = report;
		this.jvmHalts = jvmHalts;
		this.halt = halt;
	}

	/**
	 * Return whether all shutdown hooks of the JVM are over, and what is left is the
	 * JVM's own. A failure to find out is no reason to let it go on.
	 */
	static boolean isJvmHalting() {
		try {
			return Thread.getAllStackTraces()
				.values()
				.stream()
				.anyMatch((stack) -> stack.length > 0 && stack[0].getClassName().equals("java.lang.Shutdown")
						&& stack[0].getMethodName().equals("halt0"));
		}
		catch (Throwable ex) {
			return false;
		}
	}

	void start() {
		DaemonThreads.startDetached("pod-lifecycle-watchdog", this::watch);
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
				if (!this.jvmHalts.getAsBoolean()) {
					reportAndHalt();
				}
				return;
			}
			this.wakeup.await(Duration.ofNanos(remaining));
			Thread.interrupted();
		}
	}

	private void reportAndHalt() {
		try {
			DaemonThreads.start("pod-lifecycle-overdue", this.report).join(TIME_TO_REPORT.toMillis());
		}
		catch (Throwable ex) {
			// What only explains the end must not keep the process from it.
		}
		finally {
			this.halt.accept(EXIT_CODE);
		}
	}

}

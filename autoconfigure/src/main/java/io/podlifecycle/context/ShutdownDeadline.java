package io.podlifecycle.context;

import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import io.podlifecycle.drain.Watchdog;
import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * When an application that leaves has to be gone. It begins to run with the first door
 * that opens. When it passes, the log says what hangs; and if a pod is being terminated,
 * the JVM halts: an explained end beats a silent SIGKILL.
 *
 * @since 0.1.0
 */
public final class ShutdownDeadline {

	/**
	 * The exit code of a process that was still there at its deadline: EX_SOFTWARE of
	 * sysexits.h.
	 */
	public static final int EXIT_CODE = 70;

	private static final Log logger = LogFactory.getLog(ShutdownDeadline.class);

	private final Duration total;

	private final boolean halts;

	private final BooleanSupplier contextIsActive;

	private final Ticker ticker;

	private @Nullable Deadline deadline;

	private volatile boolean termination;

	/**
	 * Create a deadline that does not run yet.
	 * @param total how long everything may take
	 * @param halts whether the JVM halts at the deadline when it is terminated from
	 * outside
	 * @param contextIsActive whether the application context is still there; the process
	 * itself may live on after its close
	 * @param ticker the source of time
	 */
	public ShutdownDeadline(Duration total, boolean halts, BooleanSupplier contextIsActive, Ticker ticker) {
		this.total = total;
		this.halts = halts;
		this.contextIsActive = contextIsActive;
		this.ticker = ticker;
	}

	synchronized Deadline begin(boolean termination) {
		this.termination |= termination;
		if (this.deadline == null) {
			this.deadline = Deadline.after(this.total, this.ticker);
			Watchdog.set(this.deadline, Sleeper.system(), this::passed);
		}
		return this.deadline;
	}

	private void passed() {
		boolean armed = this.halts && this.termination;
		if (!this.termination && !this.contextIsActive.getAsBoolean()) {
			return;
		}
		logger.error("Still shutting down after " + this.total.toMillis() + " ms, which is all the grace period allows"
				+ (armed ? "; halting with exit code " + EXIT_CODE : "") + ". These threads are not done:\n"
				+ stacks());
		if (armed) {
			Runtime.getRuntime().halt(EXIT_CODE);
		}
	}

	private static String stacks() {
		return Thread.getAllStackTraces()
			.entrySet()
			.stream()
			.filter((entry) -> !entry.getKey().isDaemon())
			.map(ShutdownDeadline::stack)
			.collect(Collectors.joining("\n"));
	}

	private static String stack(Map.Entry<Thread, StackTraceElement[]> entry) {
		StringBuilder text = new StringBuilder("\"" + entry.getKey().getName() + "\"");
		for (StackTraceElement element : entry.getValue()) {
			text.append("\n\tat ").append(element);
		}
		return text.toString();
	}

}

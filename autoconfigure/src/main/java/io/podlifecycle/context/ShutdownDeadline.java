package io.podlifecycle.context;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.podlifecycle.drain.Watchdog;
import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

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

	/** A log that blocks must not keep the process from its end. */
	private static final Duration TIME_TO_TELL = Duration.ofMillis(500);

	private final Duration total;

	private final boolean halts;

	private final ConfigurableApplicationContext context;

	private final LastWords lastWords;

	private final List<HaltListener> haltListeners;

	private final Ticker ticker;

	private @Nullable Deadline deadline;

	private volatile @Nullable HangingBeans beans;

	private volatile boolean termination;

	/**
	 * Create a deadline that does not run yet.
	 * @param total how long everything may take
	 * @param halts whether the JVM halts at the deadline when it is terminated from
	 * outside
	 * @param context the application context; the process itself may live on after its
	 * close
	 * @param lastWords are spoken at the deadline
	 * @param haltListeners are told before the JVM halts
	 * @param ticker the source of time
	 */
	public ShutdownDeadline(Duration total, boolean halts, ConfigurableApplicationContext context, LastWords lastWords,
			List<HaltListener> haltListeners, Ticker ticker) {
		this.total = total;
		this.halts = halts;
		this.context = context;
		this.lastWords = lastWords;
		this.haltListeners = List.copyOf(haltListeners);
		this.ticker = ticker;
	}

	synchronized Deadline begin(boolean termination) {
		this.termination |= termination;
		if (this.deadline == null) {
			this.deadline = Deadline.after(this.total, this.ticker);
			Watchdog.set(this.deadline, Sleeper.system(), this::isSettled, this::passed);
			this.beans = rememberBeans();
		}
		return this.deadline;
	}

	/** What only helps to explain must not keep the shutdown from its beginning. */
	private @Nullable HangingBeans rememberBeans() {
		try {
			return new HangingBeans(this.context.getBeanFactory());
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("The beans cannot be named", ex);
			return null;
		}
	}

	/** Where the context alone was closed, there is no more to it. */
	private boolean isSettled() {
		return !this.termination && !this.context.isActive();
	}

	private void passed() {
		boolean armed = this.halts && this.termination;
		@Nullable Integer exitCode = armed ? EXIT_CODE : null;
		this.lastWords.overdue(exitCode, List.of());
		within(TIME_TO_TELL, () -> tell(exitCode));
		if (armed) {
			within(TIME_TO_TELL, () -> this.haltListeners.forEach((listener) -> listener.halting(EXIT_CODE)));
			Runtime.getRuntime().halt(EXIT_CODE);
		}
	}

	private void tell(@Nullable Integer exitCode) {
		Map<Thread, StackTraceElement[]> stacks = Thread.getAllStackTraces();
		HangingBeans remembered = this.beans;
		List<String> hanging = (remembered != null) ? remembered.describe(stacks) : List.of();
		String text = "Still shutting down after " + this.total.toMillis() + " ms, which is all the grace period allows"
				+ ((exitCode != null) ? "; halting with exit code " + exitCode : "") + "\n\t"
				+ String.join("\n\t", this.lastWords.overdue(exitCode, hanging)) + "\nThese threads are not done:\n"
				+ text(stacks);
		if (this.context.isActive()) {
			logger.error(text);
			flushLogs();
		}
		else {
			// Boot has shut the logging system down when it had closed the contexts.
			System.err.println(text);
		}
	}

	private void flushLogs() {
		Object loggingSystem = this.context.getBeanFactory()
			.getSingleton(LoggingApplicationListener.LOGGING_SYSTEM_BEAN_NAME);
		if (loggingSystem instanceof LoggingSystem system && system.getShutdownHandler() != null) {
			system.getShutdownHandler().run();
		}
	}

	private static void within(Duration timeout, Runnable action) {
		Thread thread = new Thread(action, "pod-lifecycle-last-words");
		thread.setDaemon(true);
		thread.start();
		try {
			thread.join(timeout.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String text(Map<Thread, StackTraceElement[]> stacks) {
		return stacks.entrySet()
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

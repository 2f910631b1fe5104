package io.podlifecycle.boot.shutdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.podlifecycle.boot.Attempt;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.ShutdownReport.Hang;
import io.podlifecycle.shutdown.ShutdownListener;
import io.podlifecycle.shutdown.SupervisedApplication;
import io.podlifecycle.time.DaemonThreads;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Reports what hangs in an application that is still there at its deadline, just before
 * the JVM halts. Safe for use by several threads.
 */
final class OverdueReport implements ShutdownListener {

	/** Of the stack of a start; the termination message is short. */
	private static final int MOST_FRAMES = 20;

	private static final Log logger = LogFactory.getLog(OverdueReport.class);

	/** A log that blocks must not keep the listeners from being told. */
	private static final long MILLIS_TO_TELL = 500;

	private final ConfigurableApplicationContext context;

	private final ShutdownReporter reporter;

	private final PhaseTimeouts phases;

	private volatile List<HaltListener> haltListeners = List.of();

	private volatile @Nullable HangingBeans beans;

	private volatile @Nullable Thread starting = Thread.currentThread();

	/**
	 * Create a report, on the thread that starts the application.
	 */
	OverdueReport(ConfigurableApplicationContext context, ShutdownReporter reporter, PhaseTimeouts phases) {
		this.context = context;
		this.reporter = reporter;
		this.phases = phases;
	}

	/** From now on a start hangs no more. */
	void started(List<HaltListener> haltListeners) {
		this.haltListeners = haltListeners;
		this.starting = null;
	}

	/** What only helps to explain must not keep the shutdown from going on. */
	@Override
	public void quiescing(ShutdownReport report) {
		this.beans = new HangingBeans(this.context.getBeanFactory());
	}

	void report() {
		Map<Thread, StackTraceElement[]> stacks = Thread.getAllStackTraces();
		Attempt.run("termination message",
				() -> this.reporter.overdue(SupervisedApplication.OVERDUE, starting(stacks)));
		Attempt.run("log", () -> within(() -> log(stacks)));
		Attempt.run("listeners of the halt", () -> within(() -> this.haltListeners.forEach(this::tell)));
	}

	private void tell(HaltListener listener) {
		Attempt.run("listener of the halt", () -> listener.halting(SupervisedApplication.OVERDUE));
	}

	private void log(Map<Thread, StackTraceElement[]> stacks) {
		HangingBeans remembered = this.beans;
		List<Hang> hanging = new ArrayList<>(starting(stacks));
		if (remembered != null) {
			hanging.addAll(remembered.find(stacks, this.phases.stopping()));
		}
		String text = "The grace period leaves no more time for the shutdown: halting with exit code "
				+ SupervisedApplication.OVERDUE + "\n\t"
				+ String.join("\n\t", this.reporter.overdue(SupervisedApplication.OVERDUE, hanging))
				+ "\nThese threads are not done:\n" + text(stacks);
		if (this.context.isActive()) {
			logger.error(text);
			flushLogs();
		}
		else {
			// Boot has shut the logging system down when it had closed the contexts.
			System.err.println(text);
		}
	}

	private List<Hang> starting(Map<Thread, StackTraceElement[]> stacks) {
		Thread thread = this.starting;
		StackTraceElement[] stack = (thread != null) ? stacks.get(thread) : null;
		return (thread == null || stack == null) ? List.of() : List.of(new Hang(Hang.Kind.APPLICATION_START, null, null,
				thread.getName(), Stream.of(stack).limit(MOST_FRAMES).map(StackTraceElement::toString).toList()));
	}

	private void flushLogs() {
		Object loggingSystem = this.context.getBeanFactory()
			.getSingleton(LoggingApplicationListener.LOGGING_SYSTEM_BEAN_NAME);
		if (loggingSystem instanceof LoggingSystem system && system.getShutdownHandler() != null) {
			system.getShutdownHandler().run();
		}
	}

	private static void within(Runnable action) {
		Thread thread = DaemonThreads.start("pod-lifecycle-overdue", action);
		try {
			thread.join(MILLIS_TO_TELL);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String text(Map<Thread, StackTraceElement[]> stacks) {
		return stacks.entrySet()
			.stream()
			.filter((entry) -> !entry.getKey().isDaemon())
			.map(OverdueReport::stack)
			.collect(Collectors.joining("\n"));
	}

	private static String stack(Map.Entry<Thread, StackTraceElement[]> entry) {
		return Stream.of(entry.getValue())
			.map((frame) -> "\n\tat " + frame)
			.collect(Collectors.joining("", "\"" + entry.getKey().getName() + "\"", ""));
	}

}

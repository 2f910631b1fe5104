package io.podlifecycle.rehearsal.process;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * An application in a JVM of its own, started as {@code java -jar} or with a main class.
 * It gets real signals, and its merged standard output and standard error are kept in
 * memory, each line with its time of arrival.
 * <p>
 * An expectation that is not met within its time ends with an {@link AssertionError} that
 * holds the whole log. An interrupt ends every wait in the same way and leaves the
 * thread's interrupt flag set.
 * <p>
 * Thread-safe. Signals need a POSIX system.
 *
 * @since 0.1.0
 */
public final class AppProcess implements AutoCloseable {

	private static final Duration LAST_LINES = Duration.ofSeconds(2);

	private static final Duration THREAD_DUMP = Duration.ofSeconds(10);

	private final Process process;

	private final ProcessLog log;

	private final Thread endWithThisJvm;

	AppProcess(Process process) {
		this.process = process;
		this.log = new ProcessLog();
		Thread reader = new Thread(() -> this.log.readFrom(process.getInputStream()), "log-of-" + process.pid());
		reader.setDaemon(true);
		reader.start();
		this.endWithThisJvm = new Thread(() -> process.toHandle().destroyForcibly(), "end-of-" + process.pid());
		try {
			Runtime.getRuntime().addShutdownHook(this.endWithThisJvm);
		}
		catch (IllegalStateException ex) {
			// This JVM is ending: a process that starts now would outlive it.
			process.toHandle().destroyForcibly();
			throw ex;
		}
	}

	/**
	 * Begins the description of a process.
	 * @return a builder with nothing set
	 */
	public static AppProcessBuilder builder() {
		return new AppProcessBuilder();
	}

	/**
	 * Tells whether a process that is started now can receive a signal. It cannot if this
	 * JVM was started with the signal ignored, as a shell without job control does to
	 * what it runs in the background, and the system's {@code env} does not have the
	 * option {@code --default-signal}.
	 * @param name the signal, with or without the prefix {@code SIG}: {@code "INT"}
	 * @return {@code false} if the process would ignore it
	 */
	public static boolean canReceive(String name) {
		return !IgnoredSignals.ofThisJvm().isIgnoredByChildren(Signals.withoutPrefix(name));
	}

	/**
	 * Returns the id that the operating system gave to the process.
	 * @return the process id
	 */
	public long pid() {
		return this.process.pid();
	}

	/**
	 * Tells whether the process runs.
	 * @return {@code true} until it has ended
	 */
	public boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Returns what completes with the exit code once the process has ended.
	 * @return the exit code to come; 128 plus its number if a signal ends the process
	 */
	public CompletableFuture<Integer> onExit() {
		return this.process.onExit().thenApply(Process::exitValue);
	}

	/**
	 * Returns what the process has written so far.
	 * @return the lines in their order of arrival, a copy
	 */
	public List<LogLine> log() {
		return this.log.lines();
	}

	/**
	 * Waits for a line that contains a text. Lines that were there before the call count.
	 * @param fragment the text, case-sensitive
	 * @param timeout how long to wait at most
	 * @return the first such line
	 * @throws AssertionError if it does not come in time, or the process ends without it
	 */
	public LogLine awaitLog(String fragment, Duration timeout) {
		return awaitLog(Pattern.compile(Pattern.quote(fragment)), "a line with '" + fragment + "'", timeout);
	}

	/**
	 * Waits for a line in which a pattern is found. Lines that were there before the call
	 * count.
	 * @param pattern the pattern, to be found anywhere in the line
	 * @param timeout how long to wait at most
	 * @return the first such line
	 * @throws AssertionError if it does not come in time, or the process ends without it
	 */
	public LogLine awaitLog(Pattern pattern, Duration timeout) {
		return awaitLog(pattern, "a line with /" + pattern + "/", timeout);
	}

	private LogLine awaitLog(Pattern pattern, String what, Duration timeout) {
		try {
			LogLine line = this.log.await((candidate) -> pattern.matcher(candidate.text()).find(), timeout);
			if (line != null) {
				return line;
			}
			if (this.log.hasEnded()) {
				// The pipe closes a moment before the exit code is known.
				this.process.waitFor(LAST_LINES.toMillis(), TimeUnit.MILLISECONDS);
				throw failure("The output ended without " + what, null);
			}
			throw failure("There was not " + what + " within " + timeout, null);
		}
		catch (InterruptedException ex) {
			throw interrupted("waiting for " + what, ex);
		}
	}

	/**
	 * Sends SIGTERM, as the kubelet does. Does nothing if the process has ended.
	 */
	public void terminate() {
		// Process.destroy() would close the pipe too, and lose what is logged from now
		// on.
		this.process.toHandle().destroy();
	}

	/**
	 * Sends SIGKILL. Does nothing if the process has ended.
	 */
	public void kill() {
		this.process.toHandle().destroyForcibly();
	}

	/**
	 * Sends any signal, with the {@code kill} of the system's shell.
	 * @param name the signal, with or without the prefix {@code SIG}: {@code "QUIT"},
	 * {@code "SIGSTOP"}
	 * @throws IllegalArgumentException if the system does not know such a signal
	 * @throws IllegalStateException if the process has ended
	 */
	public void signal(String name) {
		if (!isAlive()) {
			throw new IllegalStateException("The process " + pid() + " has ended, it cannot get the signal " + name);
		}
		try {
			Signals.send(name, pid());
		}
		catch (InterruptedException ex) {
			throw interrupted("sending the signal " + name, ex);
		}
	}

	/**
	 * Waits for the end of the process, and for its last lines.
	 * @param timeout how long to wait at most
	 * @return the exit code; 128 plus its number if a signal ended the process
	 * @throws AssertionError if the process does not end in time. It is asked for a
	 * thread dump first (SIGQUIT, up to 10 s more), which is at the end of the log; it is
	 * left running, except that a JVM with {@code -Xrs} dies from being asked
	 */
	public int awaitExit(Duration timeout) {
		try {
			if (!this.process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
				throw failure("The process did not end within " + timeout, requestThreadDump());
			}
			// A grandchild that inherited the pipe can keep it open: do not insist.
			this.log.awaitEnd(LAST_LINES);
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			throw interrupted("waiting for the end of the process", ex);
		}
	}

	private @Nullable Exception requestThreadDump() throws InterruptedException {
		try {
			signal("QUIT");
			this.log.await((line) -> line.text().startsWith("JNI global refs"), THREAD_DUMP);
			return null;
		}
		catch (IllegalArgumentException | IllegalStateException | UncheckedIOException ex) {
			return ex;
		}
	}

	private AssertionError failure(String statement, @Nullable Throwable cause) {
		String state = isAlive() ? "still runs" : "ended with exit code " + this.process.exitValue();
		return new AssertionError(statement + ". The process " + pid() + " " + state + ". Its log:\n" + this.log,
				cause);
	}

	private AssertionError interrupted(String activity, InterruptedException ex) {
		Thread.currentThread().interrupt();
		return failure("Interrupted while " + activity, ex);
	}

	/**
	 * Ends the process with SIGKILL if it runs, and waits until it has ended. The log
	 * stays readable.
	 */
	@Override
	public void close() {
		kill();
		try {
			this.process.waitFor(10, TimeUnit.SECONDS);
			this.log.awaitEnd(LAST_LINES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		try {
			Runtime.getRuntime().removeShutdownHook(this.endWithThisJvm);
		}
		catch (IllegalStateException ex) {
			// This JVM is ending: the hook does what close() did.
			return;
		}
	}

}

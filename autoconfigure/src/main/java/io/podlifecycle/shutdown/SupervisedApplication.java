package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.Optional;

import io.podlifecycle.Internal;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * An application whose end is supervised: its state, what has triggered its shutdown, its
 * deadline and, as soon as there is one, its graceful shutdown. It exists before any of
 * the application's own components, which attach to it. Safe for use by several threads.
 *
 * @since 0.1.0
 */
@Internal
public final class SupervisedApplication {

	/**
	 * The exit code of a process that was still there at its deadline.
	 */
	public static final int OVERDUE = Watchdog.EXIT_CODE;

	private final Lifecycle lifecycle = new Lifecycle();

	private volatile @Nullable Trigger trigger;

	private final Policy policy;

	private final Ticker ticker;

	private final @Nullable Watchdog watchdog;

	private volatile @Nullable ShutdownSupervisor supervisor;

	private volatile @Nullable GracefulShutdown shutdown;

	private volatile Duration total;

	private volatile long triggeredAt;

	SupervisedApplication(Policy policy, Duration total, Ticker ticker, @Nullable Watchdog watchdog) {
		this.policy = policy;
		this.total = total;
		this.ticker = ticker;
		this.watchdog = watchdog;
	}

	/**
	 * Create an application, in the state {@link LifecycleState#WAITING}.
	 * @param policy what may be done at its end
	 * @param total how long everything may take from the trigger on, until more is known
	 * @param overdue reports what hangs, before the JVM is halted at the deadline
	 * @return the application, not supervised yet
	 */
	public static SupervisedApplication create(Policy policy, Duration total, Runnable overdue) {
		Watchdog watchdog = policy.halts()
				? new Watchdog(total, Ticker.system(), overdue, Watchdog::isJvmHalting, Runtime.getRuntime()::halt)
				: null;
		return new SupervisedApplication(policy, total, Ticker.system(), watchdog);
	}

	/**
	 * Have the end of this application supervised.
	 * @param supervisor the supervisor of the JVM
	 */
	public void install(ShutdownSupervisor supervisor) {
		this.supervisor = supervisor;
		if (this.watchdog != null) {
			this.watchdog.start();
		}
		supervisor.add(this, this.policy.signals());
	}

	/**
	 * End the supervision: the start has failed, or the context is closed.
	 */
	public void uninstall() {
		this.lifecycle.advanceTo(LifecycleState.TERMINATED);
		ShutdownSupervisor current = this.supervisor;
		if (current != null) {
			current.remove(this);
		}
		Trigger seen = this.trigger;
		if (this.watchdog != null && (seen == null || !seen.isTermination())) {
			this.watchdog.end();
		}
	}

	/**
	 * Attach the graceful shutdown, once its components exist.
	 * @param shutdown the graceful shutdown
	 * @param total how long everything may take from the trigger on
	 */
	public void attach(GracefulShutdown shutdown, Duration total) {
		this.shutdown = shutdown;
		this.total = total;
		if (this.watchdog != null) {
			this.watchdog.setTotal(total);
		}
	}

	/**
	 * Return the state machine.
	 * @return the state machine
	 */
	public Lifecycle lifecycle() {
		return this.lifecycle;
	}

	/**
	 * Return whether clients are to leave.
	 * @return {@code true} from the trigger on
	 */
	public boolean isShuttingDown() {
		return this.lifecycle.state().isShuttingDown();
	}

	/**
	 * Return what has triggered the shutdown.
	 * @return the trigger, empty as long as there was none
	 */
	public Optional<Trigger> trigger() {
		return Optional.ofNullable(this.trigger);
	}

	/**
	 * Return the exit code of the process.
	 * @return the exit code of what has triggered the shutdown, empty if it does not end
	 * the process, or if something else made it exit
	 */
	public Optional<Integer> exitCode() {
		ShutdownSupervisor current = this.supervisor;
		boolean otherExit = current != null && current.isOtherExit();
		return otherExit ? Optional.empty() : trigger().filter(Trigger::endsProcess).map(Trigger::exitCode);
	}

	/**
	 * Return what has happened since the shutdown was triggered.
	 * @return the report so far, empty as long as there was no trigger
	 */
	public Optional<ShutdownReport> report() {
		GracefulShutdown attached = this.shutdown;
		Optional<ShutdownReport> report = (attached != null) ? attached.report() : Optional.empty();
		return report.or(() -> trigger().map((now) -> ShutdownReport.ofStart(now, sinceTrigger())));
	}

	/**
	 * Return what has become of the work that the drain has given up. Asks those
	 * participants again that had something left, and does not wait long for them.
	 * @return the report so far, empty as long as there was no trigger
	 */
	public Optional<ShutdownReport> reportAfterDrain() {
		GracefulShutdown attached = this.shutdown;
		if (attached != null) {
			attached.countLeftWork();
		}
		return report();
	}

	/**
	 * Return how long ago the shutdown was triggered.
	 * @return the time since the trigger, zero as long as there was none
	 */
	public Duration sinceTrigger() {
		return (this.trigger != null) ? stopwatch().elapsed() : Duration.ZERO;
	}

	private Stopwatch stopwatch() {
		return Stopwatch.startedAt(this.ticker, this.triggeredAt);
	}

	/**
	 * Return whether the application is being stopped before it was started: by a stop
	 * signal, or by an exit of the JVM.
	 * @return {@code true} if the start is to end
	 */
	public boolean isStartCancelled() {
		Trigger seen = this.trigger;
		return (seen != null && seen.isTermination()) || ShutdownSupervisor.isJvmExiting();
	}

	/**
	 * Return whether SIGTERM was to trigger the shutdown, and does not reach the
	 * supervisor.
	 * @return {@code true} if only the other triggers are left
	 */
	public boolean isSignalHandlerMissing() {
		return this.policy.signals() && !isSignalHandlerInPlace();
	}

	private boolean isSignalHandlerInPlace() {
		ShutdownSupervisor current = this.supervisor;
		return this.policy.signals() && current != null && current.isSignalHandlerInPlace();
	}

	/** Called for each signal, on a thread of the JVM. */
	void signalled(Trigger signal) {
		if (signal != Trigger.SIGINT || this.policy.interruptStops()) {
			begin(signal);
			GracefulShutdown attached = this.shutdown;
			if (attached != null) {
				attached.terminationFollows();
			}
		}
	}

	void abort() {
		GracefulShutdown attached = this.shutdown;
		if (attached != null) {
			attached.abort();
		}
	}

	private void begin(Trigger now) {
		synchronized (this) {
			if (this.trigger == null) {
				this.triggeredAt = this.ticker.nanos();
				this.trigger = now;
			}
		}
		this.lifecycle.stop();
		if (this.watchdog != null && now.isTermination()) {
			this.watchdog.arm();
		}
	}

	/**
	 * Shut down before a signal is forwarded. An application that has not started has
	 * begun nothing: there is no need to wait.
	 */
	void shutDown(Trigger now) {
		if (now != Trigger.SIGINT || this.policy.interruptStops()) {
			begin(now);
			GracefulShutdown attached = this.shutdown;
			if (attached != null && this.lifecycle.state() != LifecycleState.CLOSING) {
				attached.shutDown(now, stopwatch());
			}
		}
	}

	/**
	 * Shut down because the pod's preStop hook asks for it. Returns when clients have
	 * learned of it; SIGTERM is expected to follow. If it does not, the application
	 * drains, and the process exits.
	 */
	public void preStop() {
		begin(Trigger.PRE_STOP);
		GracefulShutdown attached = this.shutdown;
		if (attached != null) {
			ShutdownSupervisor current = this.supervisor;
			if (current == null || !current.requestExit()) {
				Thread thread = new Thread(() -> attached.shutDown(Trigger.PRE_STOP, stopwatch()),
						"pod-lifecycle-pre-stop");
				thread.setDaemon(false);
				thread.start();
			}
			attached.awaitPropagation();
		}
	}

	/**
	 * The application context is about to close: shut down first, or wait for the
	 * shutdown that is going on.
	 * @return when the process has to have ended
	 */
	public Deadline closing() {
		Trigger seen = this.trigger;
		boolean unseen = seen == null && ShutdownSupervisor.isJvmExiting() && !isSignalHandlerInPlace();
		Trigger now = (seen != null) ? seen : unseen ? Trigger.JVM_EXIT : Trigger.CONTEXT_CLOSED;
		begin(now);
		GracefulShutdown attached = this.shutdown;
		if (attached != null) {
			attached.shutDown(now, stopwatch());
		}
		this.lifecycle.advanceTo(LifecycleState.CLOSING);
		return Deadline.after(this.total.minus(sinceTrigger()), this.ticker);
	}

	/**
	 * What may be done at the end of an application. Immutable.
	 *
	 * @param process whether the end of the application is that of its process
	 * @param halts whether the JVM is halted at the deadline
	 * @param signals whether signals trigger the shutdown
	 * @param interruptStops whether SIGINT is a stop signal as SIGTERM is
	 */
	public record Policy(boolean process, boolean halts, boolean signals, boolean interruptStops) {

		/**
		 * For a context that may be closed while the process lives on.
		 * @return a policy that leaves the process alone
		 */
		public static Policy ofContextOnly() {
			return new Policy(false, false, false, false);
		}

	}

}

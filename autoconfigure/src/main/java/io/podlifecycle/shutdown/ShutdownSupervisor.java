package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.podlifecycle.Internal;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.shutdown.SupervisedApplication.Policy;
import io.podlifecycle.time.DaemonThreads;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.time.WakeupSignal;
import org.jspecify.annotations.Nullable;

/**
 * Supervises the end of the process on behalf of all applications in this JVM. While
 * there is at least one, a signal handler and a parked thread of ours are in place. The
 * handler wakes the thread, which shuts the applications down and then, whatever has
 * failed on the way, forwards the signal to the handler that was there before, which
 * exits. Until then no JVM shutdown hook runs: agents, tracing and logging work through
 * the drain.
 * <p>
 * A further signal within two seconds is a duplicate and ignored (a process group and its
 * parent often both send one); a later one aborts every wait.
 * <p>
 * The JDK itself starts a thread for each signal, and one for each shutdown hook. Where
 * it cannot, no handler can do anything.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
@Internal
public final class ShutdownSupervisor {

	private static final long DUPLICATE_WINDOW = Duration.ofSeconds(2).toNanos();

	private static final Duration UNTIL_WOKEN = Duration.ofDays(365);

	private static final SupervisedApplication[] NONE = {};

	/**
	 * The one static of this library: a JVM has one table of signal handlers.
	 */
	public static final ShutdownSupervisor JVM = new ShutdownSupervisor(new SignalTable(), Ticker.system());

	private final SignalTable table;

	private final Ticker ticker;

	private volatile SupervisedApplication[] applications = NONE;

	private @Nullable Worker worker;

	private boolean installed;

	private volatile @Nullable Trigger first;

	private long firstAt;

	private volatile boolean ending;

	private volatile boolean otherExit;

	ShutdownSupervisor(SignalTable table, Ticker ticker) {
		this.table = table;
		this.ticker = ticker;
	}

	/**
	 * Supervise an application. With the first one our handlers are installed, and the
	 * thread is started.
	 * @param application the application
	 * @param signals whether signals trigger its shutdown
	 */
	public synchronized void add(SupervisedApplication application, boolean signals) {
		if (this.worker == null && !this.ending) {
			exercise();
			this.worker = new Worker();
			this.worker.start();
		}
		if (signals && !this.installed) {
			this.installed = this.table.install(this::received);
		}
		List<SupervisedApplication> all = new ArrayList<>(List.of(this.applications));
		all.add(application);
		this.applications = all.toArray(NONE);
	}

	/**
	 * Load and link what a signal runs through, as long as there is memory for it.
	 */
	private static void exercise() {
		ShutdownSupervisor inert = new ShutdownSupervisor(new SignalTable() {

			@Override
			void forward(Trigger signal) {
				// There is no handler before.
			}

		}, Ticker.system());
		Policy policy = new Policy(true, true, true, true);
		inert.applications = new SupervisedApplication[] { SupervisedApplication.create(policy, UNTIL_WOKEN, () -> {
		}) };
		inert.received(Trigger.SIGINT);
		inert.act();
		isJvmExiting();
	}

	/**
	 * Supervise an application no more. With the last one our handlers and our thread go,
	 * unless the process is ending already.
	 * @param application the application
	 */
	public synchronized void remove(SupervisedApplication application) {
		List<SupervisedApplication> all = new ArrayList<>(List.of(this.applications));
		all.remove(application);
		this.applications = all.toArray(NONE);
		if (all.isEmpty() && !isDue()) {
			this.table.restore();
			this.installed = false;
			if (this.worker != null) {
				this.worker.end();
				this.worker = null;
			}
		}
	}

	/**
	 * Return whether the JVM is exiting: its shutdown hooks run, or are about to. The JDK
	 * tells by refusing to change the hooks.
	 * @return {@code true} once an exit has begun
	 */
	public static boolean isJvmExiting() {
		try {
			// Not a hook, unless the JVM is exiting.
			Runtime.getRuntime().removeShutdownHook(Thread.currentThread());
			return false;
		}
		catch (IllegalStateException ex) {
			return true;
		}
	}

	/**
	 * Return whether SIGTERM reaches the handler of this supervisor.
	 * @return {@code false} if the JVM keeps the signal, or another handler was installed
	 */
	public boolean isSignalHandlerInPlace() {
		return this.table.isInPlace();
	}

	/**
	 * Return whether something else, such as a listener that calls {@code System.exit},
	 * had begun an exit of the JVM before the signal was forwarded.
	 * @return {@code true} if the exit code is not that of the signal
	 */
	boolean isOtherExit() {
		return this.otherExit;
	}

	/**
	 * Shut down and exit, as if SIGTERM had come, unless it comes first.
	 * @return {@code false} if there is no thread to do it
	 */
	synchronized boolean requestExit() {
		this.ending = this.worker != null;
		if (this.worker != null) {
			this.worker.wake();
		}
		return this.ending;
	}

	/**
	 * Receive a signal, on a thread of the JVM. Everything is there already, and nothing
	 * is allocated before the supervising thread is woken.
	 */
	void received(Trigger signal) {
		if (!wake(signal)) {
			// It was on its way when the last application went, or another handler was
			// installed after ours, which could not be removed then.
			this.table.forward(signal);
		}
	}

	/** Return whether there is a thread to wake. Nothing is forwarded under the lock. */
	private synchronized boolean wake(Trigger signal) {
		boolean further = this.first != null;
		if (!further) {
			this.firstAt = this.ticker.nanos();
			this.first = signal;
			if (this.worker != null) {
				this.worker.wake();
			}
		}
		boolean late = this.ticker.nanos() - this.firstAt >= DUPLICATE_WINDOW;
		for (SupervisedApplication application : this.applications) {
			application.signalled(signal);
			if (further && late) {
				application.abort();
			}
		}
		return this.worker != null;
	}

	private boolean isDue() {
		return this.first != null || this.ending;
	}

	/** Every path ends with the forwarding of the signal, whatever has failed on it. */
	private void act() {
		Trigger signal = this.first;
		try {
			shutDown((signal != null) ? signal : Trigger.PRE_STOP);
			this.otherExit = isJvmExiting();
		}
		catch (Throwable ex) {
			// Not even logged: that may be what has failed.
		}
		finally {
			this.table.forward((signal != null) ? signal : Trigger.SIGTERM);
		}
	}

	private void shutDown(Trigger trigger) {
		SupervisedApplication[] all = this.applications;
		keepAlive(all);
		for (int i = 1; i < all.length; i++) {
			SupervisedApplication other = all[i];
			startIfPossible(new Thread(() -> shutDown(other, trigger), "pod-lifecycle-shutdown"));
		}
		for (SupervisedApplication application : all) {
			shutDown(application, trigger);
		}
	}

	/**
	 * Joins the shutdown that is going on; one that fails keeps no other from its own.
	 */
	private static void shutDown(SupervisedApplication application, Trigger trigger) {
		try {
			application.shutDown(trigger);
		}
		catch (Throwable ex) {
			// What fails is skipped.
		}
	}

	/**
	 * The supervising thread is a daemon, since a JVM that ends by itself must not wait
	 * for it. With nothing but daemons left the JVM would exit before the signal is
	 * forwarded, with another exit code: one more thread prevents that. This thread is
	 * woken before the signal changes the state of an application whose runners run.
	 */
	private static void keepAlive(SupervisedApplication[] all) {
		for (SupervisedApplication application : all) {
			LifecycleState state = application.lifecycle().state();
			if (application.lifecycle().hasBeenReady() || state == LifecycleState.STARTING
					|| state == LifecycleState.QUIESCING) {
				Thread supervising = Thread.currentThread();
				Thread thread = new Thread(() -> joinUninterruptibly(supervising), "pod-lifecycle-keep-alive");
				thread.setDaemon(false);
				startIfPossible(thread);
				return;
			}
		}
	}

	private static void startIfPossible(Thread thread) {
		try {
			thread.start();
		}
		catch (OutOfMemoryError ex) {
			// The process is at its limit of threads.
		}
	}

	private static void joinUninterruptibly(Thread thread) {
		// No interrupt may make the process exit early.
		boolean interrupted = false;
		while (thread.isAlive()) {
			try {
				thread.join();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/** The thread that acts, which exists since the installation. */
	private final class Worker implements Runnable {

		private final WakeupSignal wakeup = new WakeupSignal();

		private volatile boolean ended;

		void start() {
			DaemonThreads.startDetached("pod-lifecycle-supervisor", this);
		}

		@Override
		public void run() {
			while (!this.ended) {
				this.wakeup.await(UNTIL_WOKEN);
				// An interrupt of all threads does not end this one.
				Thread.interrupted();
				// One that has ended leaves the signal to whoever received it.
				if (!this.ended && isDue()) {
					act();
					return;
				}
			}
		}

		void wake() {
			this.wakeup.wake();
		}

		void end() {
			this.ended = true;
			wake();
		}

	}

}

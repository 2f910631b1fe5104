package io.podlifecycle.context;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * SIGTERM, on behalf of all applications in this JVM. While at least one of them listens,
 * a handler of ours is in place. It hands over to threads that are no daemons and have
 * the applications' class loaders, since the JVM's signal thread is a daemon without one;
 * and when all have left, to the handler that was there before, which ends the JVM. Until
 * then no shutdown hook runs: agents, tracing and logging work through the drain.
 * <p>
 * A further SIGTERM within two seconds is a duplicate and ignored (a process group and
 * its parent often both send one); a later one ends every wait.
 */
final class TerminationSignal {

	/**
	 * The one static of this library: a JVM has one table of signal handlers.
	 */
	static final TerminationSignal JVM = new TerminationSignal(new JvmSignalTable(), Ticker.system());

	private static final Duration DUPLICATE_WINDOW = Duration.ofSeconds(2);

	private final SignalTable table;

	private final Ticker ticker;

	private final List<SignalListener> listeners = new CopyOnWriteArrayList<>();

	private @Nullable Stopwatch sinceFirst;

	TerminationSignal(SignalTable table, Ticker ticker) {
		this.table = table;
		this.ticker = ticker;
	}

	/**
	 * Listen for SIGTERM.
	 * @param listener the listener
	 * @return whether the signal can be heard in this JVM
	 */
	synchronized boolean listen(SignalListener listener) {
		if (this.listeners.isEmpty() && !this.table.install(this::received)) {
			return false;
		}
		this.listeners.add(listener);
		return true;
	}

	/**
	 * Listen no more. With the last listener our handler goes.
	 * @param listener the listener
	 */
	synchronized void ignore(SignalListener listener) {
		if (this.listeners.remove(listener) && this.listeners.isEmpty() && this.sinceFirst == null) {
			this.table.restore();
		}
	}

	private synchronized void received() {
		if (this.sinceFirst == null) {
			this.sinceFirst = Stopwatch.start(this.ticker);
			startToLeave();
		}
		else if (this.sinceFirst.elapsed().compareTo(DUPLICATE_WINDOW) >= 0) {
			this.listeners.forEach(SignalListener::hurry);
		}
	}

	/**
	 * The JVM's own thread is a daemon, and so would be one that it starts: with nothing
	 * but daemons left the JVM would end before the signal is forwarded, with exit code 0
	 * or that of a start that failed.
	 */
	private void startToLeave() {
		Thread thread = new Thread(this::leave, "pod-lifecycle-sigterm");
		thread.setDaemon(false);
		thread.start();
	}

	private void leave() {
		List<Thread> threads = this.listeners.stream().map(TerminationSignal::startLeaving).toList();
		for (Thread thread : threads) {
			joinUninterruptibly(thread);
		}
		this.table.forward();
	}

	private static Thread startLeaving(SignalListener listener) {
		Thread thread = new Thread(listener::terminate, "pod-lifecycle-shutdown");
		thread.setDaemon(false);
		thread.setContextClassLoader(listener.classLoader());
		thread.start();
		return thread;
	}

	private static void joinUninterruptibly(Thread thread) {
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

}

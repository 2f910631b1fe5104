package io.podlifecycle.time;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Creates the threads of the library. None of them keeps a JVM alive.
 *
 * @since 0.1.0
 */
@Internal
public final class DaemonThreads {

	private DaemonThreads() {
	}

	/**
	 * Create a thread that belongs to whoever creates it.
	 * @param name its name
	 * @param task what it runs
	 * @return the thread, which is not started
	 */
	public static Thread create(String name, Runnable task) {
		return create(null, name, task);
	}

	/**
	 * Create a thread of a group.
	 * @param group the group, or {@code null} for that of the current thread
	 * @param name its name
	 * @param task what it runs
	 * @return the thread, which is not started
	 */
	public static Thread create(@Nullable ThreadGroup group, String name, Runnable task) {
		return daemon(new Thread(group, task, name));
	}

	/**
	 * Start a thread.
	 * @param name its name
	 * @param task what it runs
	 * @return the thread
	 */
	public static Thread start(String name, Runnable task) {
		Thread thread = create(name, task);
		thread.start();
		return thread;
	}

	/**
	 * Start a thread that outlives applications, and so refers to nothing of whoever
	 * starts it.
	 * @param name its name
	 * @param task what it runs
	 */
	public static void startDetached(String name, Runnable task) {
		Thread thread = daemon(new Thread(null, task, name, 0, false));
		thread.setContextClassLoader(null);
		thread.start();
	}

	private static Thread daemon(Thread thread) {
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Create an executor that gives each task a thread at once, and keeps that for a
	 * second.
	 * @param most the largest number of threads
	 * @param threads creates them
	 * @return the executor, which rejects what is too much
	 */
	public static ThreadPoolExecutor pool(int most, ThreadFactory threads) {
		return new ThreadPoolExecutor(0, most, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
	}

}

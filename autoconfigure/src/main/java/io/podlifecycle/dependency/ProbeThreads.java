package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of the tries, and those that a client library starts for a try: a thread is
 * of the group of the thread that made it.
 *
 * @since 0.1.0
 */
public final class ProbeThreads {

	private static final ThreadGroup GROUP = new ThreadGroup("pod-lifecycle-probes");

	/** Longer than most pauses between two tries, so that a wait keeps its thread. */
	private static final Duration IDLE_TIME = Duration.ofSeconds(1);

	private ProbeThreads() {
	}

	/**
	 * One thread for each try that is under way. Most tries need no thread of their own.
	 */
	static Executor pool() {
		return new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_TIME.toMillis(), TimeUnit.MILLISECONDS,
				new SynchronousQueue<>(), ProbeThreads::create);
	}

	private static Thread create(Runnable task) {
		Thread thread = new Thread(GROUP, task, "probe");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Return whether the current thread works for a try.
	 * @return {@code true} if it makes the try, or was started by one that does
	 */
	public static boolean isCurrent() {
		ThreadGroup group = Thread.currentThread().getThreadGroup();
		return group != null && GROUP.parentOf(group);
	}

}

package io.podlifecycle.dependency;

import java.util.concurrent.Executor;

import io.podlifecycle.Internal;

import io.podlifecycle.time.DaemonThreads;

/**
 * The threads of the tries, and those that a client library starts for a try: a thread is
 * of the group of the thread that made it.
 *
 * @since 0.1.0
 */
@Internal
public final class ProbeThreads {

	private static final ThreadGroup GROUP = new ThreadGroup("pod-lifecycle-probes");

	private ProbeThreads() {
	}

	/**
	 * One thread for each try that is under way. Most tries need no thread of their own.
	 */
	static Executor pool() {
		// Their idle time is longer than most pauses, so that a wait keeps its thread.
		return DaemonThreads.pool(Integer.MAX_VALUE, (task) -> DaemonThreads.create(GROUP, "probe", task));
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

package io.podlifecycle.dependency;

/**
 * The threads of the tries, and those that a client library starts for a try: a thread is
 * of the group of the thread that made it.
 *
 * @since 0.1.0
 */
public final class ProbeThreads {

	private static final ThreadGroup GROUP = new ThreadGroup("pod-lifecycle-probes");

	private ProbeThreads() {
	}

	static Thread create(Runnable task, String name) {
		Thread thread = new Thread(GROUP, task, name);
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

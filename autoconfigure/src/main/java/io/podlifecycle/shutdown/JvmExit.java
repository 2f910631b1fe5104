package io.podlifecycle.shutdown;

/**
 * The exit of the JVM.
 *
 * @since 0.1.0
 */
public final class JvmExit {

	/** Never started, and never a hook. */
	private static final Thread PROBE = new Thread("pod-lifecycle-exit-probe");

	private JvmExit() {
	}

	/**
	 * Return whether the JVM is exiting: its shutdown hooks run, or are about to. The JDK
	 * tells by refusing to change the hooks.
	 * @return {@code true} once an exit has begun
	 */
	public static boolean isInProgress() {
		try {
			Runtime.getRuntime().removeShutdownHook(PROBE);
			return false;
		}
		catch (IllegalStateException ex) {
			return true;
		}
	}

	/** Does not return. If the exit cannot even begin, the JVM halts. */
	static void exit(int exitCode) {
		try {
			System.exit(exitCode);
		}
		finally {
			halt(exitCode);
		}
	}

	static void halt(int exitCode) {
		Runtime.getRuntime().halt(exitCode);
	}

}

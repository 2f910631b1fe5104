package io.podlifecycle.shutdown;

import java.util.function.Consumer;

/**
 * The JVM's table of signal handlers, as far as {@link StopSignal}s are concerned.
 */
interface SignalTable {

	/**
	 * Install a handler for all stop signals.
	 * @param handler is called on a thread of the JVM
	 * @return {@code false} where the JVM does not let go of SIGTERM, as under
	 * {@code -Xrs}
	 */
	boolean install(Consumer<StopSignal> handler);

	/**
	 * Return whether the installed handler is the one that SIGTERM reaches.
	 * @return {@code false} if there is none, or another one was installed after it
	 */
	boolean isInPlace();

	/**
	 * Put back the handlers that were there before, unless others were installed since.
	 */
	void restore();

	/**
	 * Forward a signal to the handler that was there before. The JVM's own one exits with
	 * 128 plus the number of the signal, and does not return.
	 * @param signal the signal
	 */
	void forward(StopSignal signal);

}

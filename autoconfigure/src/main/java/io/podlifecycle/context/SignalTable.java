package io.podlifecycle.context;

/**
 * The JVM's table of signal handlers, as far as SIGTERM is concerned.
 */
interface SignalTable {

	/**
	 * Put a handler in.
	 * @param handler is called on the JVM's signal thread
	 * @return {@code false} where the JVM does not let go of the signal, as under
	 * {@code -Xrs}
	 */
	boolean install(Runnable handler);

	/**
	 * Put the handler back that was there before, if ours is still in place.
	 */
	void restore();

	/**
	 * Let the handler that was there before have the signal. The JVM's own one exits with
	 * 143 and does not return.
	 */
	void forward();

}

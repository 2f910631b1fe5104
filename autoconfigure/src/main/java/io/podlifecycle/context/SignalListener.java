package io.podlifecycle.context;

import org.jspecify.annotations.Nullable;

/**
 * One application in this JVM that wants to leave properly when SIGTERM comes.
 */
interface SignalListener {

	/**
	 * The class loader of the application, for the thread that runs {@link #terminate()}.
	 * @return the class loader, if it has one of its own
	 */
	@Nullable ClassLoader classLoader();

	/**
	 * Leave. The JVM exits once all listeners have returned.
	 */
	void terminate();

	/**
	 * A further SIGTERM: end every wait at once.
	 */
	void hurry();

}

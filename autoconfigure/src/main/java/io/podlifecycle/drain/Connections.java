package io.podlifecycle.drain;

/**
 * The connections that clients have open to the server.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Connections {

	/**
	 * Return how many connections are open.
	 * @return the number, zero when all clients have left
	 */
	long open();

}

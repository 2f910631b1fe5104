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

	/**
	 * Ask clients to leave by other means than an answer: HTTP/2's GOAWAY. Called when
	 * the shutdown begins and about once a second from then on, since clients may open
	 * new connections until they have learned of it. A client that was asked before and
	 * has nothing in flight may be taken at its word, and its connection be closed.
	 * Called on a thread of its own, so it may block.
	 */
	default void askToLeave() {
	}

}

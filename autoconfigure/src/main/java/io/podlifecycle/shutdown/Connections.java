package io.podlifecycle.shutdown;

import java.util.stream.Stream;

import io.podlifecycle.Internal;

/**
 * The connections that clients have open to the server.
 *
 * @since 0.1.0
 */
@Internal
@FunctionalInterface
public interface Connections {

	/**
	 * Return how many connections are open.
	 * @return the number, zero when all clients have left
	 */
	long open();

	/**
	 * Return who has a connection open.
	 * @return the addresses, as those of requests that arrive
	 */
	default Stream<Object> peers() {
		return Stream.empty();
	}

	/**
	 * Ask clients to close their connections by other means than a response: HTTP/2's
	 * GOAWAY. Called when the shutdown begins and about once a second from then on, since
	 * clients may open new connections until they have learned of it. The connection of a
	 * client that was asked before and has nothing in flight may be closed. Called on a
	 * thread of its own, so it may block.
	 */
	default void requestClose() {
	}

}

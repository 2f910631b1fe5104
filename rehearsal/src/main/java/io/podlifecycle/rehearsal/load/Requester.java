package io.podlifecycle.rehearsal.load;

import java.io.IOException;

/**
 * Sends the requests of one client, one after another. Used by one thread, but for
 * {@link #cancel()}.
 */
interface Requester extends AutoCloseable {

	/**
	 * Send a request and read its whole answer.
	 * @return the status
	 * @throws IOException if there is no complete answer
	 */
	int request() throws IOException;

	/**
	 * End the request that is under way with a failure. Called by any thread.
	 */
	void cancel();

	/**
	 * Return how many requests the connection of the last request had carried before.
	 * @return the number, 0 if there was no connection
	 */
	int requestsBefore();

	@Override
	void close();

}

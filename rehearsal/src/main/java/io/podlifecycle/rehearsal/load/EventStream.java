package io.podlifecycle.rehearsal.load;

import java.io.IOException;

/**
 * Opens the streams of one client, one after another, and reads them. Used by one thread,
 * but for {@link #cancel()}.
 */
interface EventStream extends AutoCloseable {

	/**
	 * Open a stream on a connection of its own, and read it to its end.
	 * @throws IOException if it cannot be opened, or does not end cleanly
	 */
	void follow() throws IOException;

	/**
	 * End the stream that is open. Called by any thread.
	 */
	void cancel();

	/**
	 * Return how many events the last stream had brought.
	 * @return the number, 0 if it was not opened
	 */
	int events();

	@Override
	void close();

}

package io.podlifecycle.stream;

/**
 * Brings one stream to its end. Called by changing threads, by one at a time.
 *
 * @since 0.1.0
 */
public interface StreamEnd {

	/**
	 * End the stream cleanly, unless something is being sent to its client: a client that
	 * does not read would be waited for. It is called again then.
	 * @return {@code false} if the stream is busy, and was left alone
	 */
	boolean attempt();

	/**
	 * Cut the stream off, so that nothing waits for its client any more: called when the
	 * drain ends before the stream does. Does not wait.
	 */
	void abort();

	/**
	 * Return an end that is never busy, and cannot be cut off.
	 * @param end ends the stream
	 * @return the end
	 */
	static StreamEnd of(Runnable end) {
		return new StreamEnd() {

			@Override
			public boolean attempt() {
				end.run();
				return true;
			}

			@Override
			public void abort() {
				// The close of the server does.
			}

		};
	}

}

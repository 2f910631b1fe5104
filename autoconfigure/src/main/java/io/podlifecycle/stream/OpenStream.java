package io.podlifecycle.stream;

import java.util.concurrent.atomic.AtomicReference;

/**
 * A stream that is open, from {@link Streams#open(String, StreamEnd)} until it is closed.
 * May be closed by any thread, and more than once.
 *
 * @since 0.1.0
 */
public final class OpenStream implements AutoCloseable {

	private final Streams streams;

	private final String name;

	private final StreamEnd end;

	private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

	private volatile boolean attempted;

	OpenStream(Streams streams, String name, StreamEnd end) {
		this.streams = streams;
		this.name = name;
		this.end = end;
	}

	/**
	 * Return whether its end was attempted.
	 */
	boolean isAttempted() {
		return this.attempted;
	}

	boolean move(State from, State to) {
		return this.state.compareAndSet(from, to);
	}

	/**
	 * Try to end it.
	 * @return its next state
	 */
	State attempt() {
		this.attempted = true;
		try {
			return this.end.attempt() ? State.ENDED : State.OPEN;
		}
		catch (RuntimeException | LinkageError ex) {
			return State.FAILED;
		}
	}

	/**
	 * Cut the stream off. Does nothing if it is closed.
	 */
	public void abort() {
		this.streams.abort(this);
	}

	/**
	 * Note that it is cut off.
	 * @return its state before
	 */
	State aborted() {
		State before = this.state.getAndSet(State.ABORTED);
		try {
			this.end.abort();
		}
		catch (RuntimeException | LinkageError ex) {
			// The close of the server is left.
		}
		return before;
	}

	/**
	 * Note that the stream is over, whoever ended it. Further calls do nothing.
	 */
	@Override
	public void close() {
		this.streams.closed(this);
	}

	/**
	 * Return what it is.
	 */
	@Override
	public String toString() {
		return this.name;
	}

	/** What the shutdown has done to it. */
	enum State {

		OPEN, ENDING, ENDED, FAILED, ABORTED

	}

}

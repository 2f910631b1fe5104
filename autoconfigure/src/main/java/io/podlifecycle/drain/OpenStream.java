package io.podlifecycle.drain;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stream that is open, from {@link Streams#open(String, Runnable)} until it is closed.
 * May be closed by any thread, and more than once.
 *
 * @since 0.1.0
 */
public final class OpenStream implements AutoCloseable {

	private final Streams streams;

	private final String name;

	private final Runnable end;

	private final AtomicBoolean ended = new AtomicBoolean();

	OpenStream(Streams streams, String name, Runnable end) {
		this.streams = streams;
		this.name = name;
		this.end = end;
	}

	/**
	 * End it, once.
	 * @return whether this call did
	 */
	boolean end() {
		if (!this.ended.compareAndSet(false, true)) {
			return false;
		}
		this.end.run();
		return true;
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

}

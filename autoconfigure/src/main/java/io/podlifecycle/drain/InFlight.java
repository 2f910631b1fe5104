package io.podlifecycle.drain;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the work that was accepted and is not completed. Safe for use by several
 * threads, without locks; one small object for each piece of work.
 *
 * @since 0.1.0
 */
public final class InFlight {

	private final AtomicLong count = new AtomicLong();

	/**
	 * Note that a piece of work begins.
	 * @return the work, to be closed when it is completed, however it ends
	 */
	public Work begin() {
		this.count.incrementAndGet();
		return new Token(this.count);
	}

	/**
	 * Return how much work is in flight.
	 * @return the number of pieces of work begun and not closed
	 */
	public long count() {
		return this.count.get();
	}

	/**
	 * One piece of work in flight. May be closed by any thread, and more than once.
	 */
	public interface Work extends AutoCloseable {

		/**
		 * Note that the work is completed. Further calls do nothing.
		 */
		@Override
		void close();

	}

	@SuppressWarnings("serial")
	private static final class Token extends AtomicBoolean implements Work {

		private final AtomicLong count;

		Token(AtomicLong count) {
			this.count = count;
		}

		@Override
		public void close() {
			if (compareAndSet(false, true)) {
				this.count.decrementAndGet();
			}
		}

	}

}

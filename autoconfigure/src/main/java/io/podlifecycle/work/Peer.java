package io.podlifecycle.work;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicIntegerArray;

import io.podlifecycle.Internal;

/**
 * Who sends requests, and at which moments of the last minute it did. A moment is a
 * quarter of a second. Safe for use by several threads, without locks: they write the
 * same, and only when a moment begins.
 *
 * @since 0.1.0
 */
@Internal
public final class Peer {

	/** A power of two above the window; a slot is used again after that many moments. */
	static final int SLOTS = 256;

	static final int WINDOW = (int) (60_000_000_000L / Peers.MOMENT_NANOS);

	/** Known for less than this, a peer may have a rhythm that was not seen yet. */
	private static final int STEADY = (int) (10_000_000_000L / Peers.MOMENT_NANOS);

	private static final int FEWEST_MARKS = 3;

	private final String address;

	private final AtomicIntegerArray marks = new AtomicIntegerArray(SLOTS);

	private volatile int last;

	Peer(Object address) {
		this.address = (address instanceof InetAddress inet) ? inet.getHostAddress() : String.valueOf(address);
	}

	void mark(int moment) {
		int slot = moment % SLOTS;
		if (this.marks.getOpaque(slot) != moment) {
			this.marks.setOpaque(slot, moment);
			this.last = Math.max(this.last, moment);
		}
	}

	/**
	 * Return the address of its connections, or the network that it belongs to.
	 * @return the address as text
	 */
	public String address() {
		return this.address;
	}

	/**
	 * Return when it sent something last.
	 * @return the moment
	 */
	public int last() {
		return this.last;
	}

	/**
	 * Return the longest time between two of its requests. A peer that was not seen for
	 * ten seconds yet may have been silent before its first and since its last one by its
	 * own rhythm; for one that has hardly sent anything every gap is possible.
	 * @param from the first moment to consider
	 * @param now the last moment to consider
	 * @return the number of moments, at least 1
	 */
	public int largestGap(int from, int now) {
		int seen = 0;
		int first = from;
		int before = from;
		int largest = 1;
		for (int moment = from; moment <= now; moment++) {
			if (this.marks.getOpaque(moment % SLOTS) == moment) {
				if (seen++ == 0) {
					first = moment;
				}
				else {
					largest = Math.max(largest, moment - before);
				}
				before = moment;
			}
		}
		if (seen < FEWEST_MARKS) {
			return WINDOW;
		}
		return (before - first < STEADY) ? Math.max(largest, Math.max(first - from, now - before)) : largest;
	}

}

package io.podlifecycle.work;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Who sends requests, and at which moments of the last minute it did. Safe for use by
 * several threads, without locks: all of them write the same, once in a moment.
 *
 * @since 0.1.0
 */
final class Peer {

	/** A power of two above the window; a slot is used again after that many moments. */
	static final int SLOTS = 256;

	static final int WINDOW = (int) (60_000_000_000L / Peers.MOMENT_NANOS);

	/** The rhythm of a peer that was seen for less than this may not be known yet. */
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

	/** That of its connections, or of the network that it belongs to. */
	String address() {
		return this.address;
	}

	/** The moment at which it sent something last. */
	int last() {
		return this.last;
	}

	/**
	 * Return the longest time between two of its requests. Of a peer that was not seen
	 * for ten seconds yet, the silence before its first request and since its last one
	 * counts, too; of one with hardly any request no gap is known.
	 * @param from the first moment to consider
	 * @param now the last moment to consider
	 * @return the number of moments, at least 1
	 */
	int largestGap(int from, int now) {
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

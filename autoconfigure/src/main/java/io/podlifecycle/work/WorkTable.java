package io.podlifecycle.work;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Remembers pieces of work, so that they can be named. It is of a fixed size: among
 * thousands that are open at once some find no place after a few looks, which a report of
 * the oldest few can bear and the path of each request cannot. Safe for use by several
 * threads, without locks and without garbage.
 */
final class WorkTable {

	/** The slot of what found no place. */
	static final int NONE = -1;

	private static final int SIZE_BITS = 12;

	private static final int MASK = (1 << SIZE_BITS) - 1;

	private static final int LOOKS = 8;

	/** Far enough to be on another cache line than the neighbour. */
	private static final int STRIDE = 16;

	private static final int GOLDEN_RATIO = 0x9E3779B9;

	private final AtomicReferenceArray<@Nullable Work> slots = new AtomicReferenceArray<>(1 << SIZE_BITS);

	/**
	 * Remember a piece of work. Threads begin to look at places of their own.
	 * @return its slot, or {@link #NONE}
	 */
	int add(Work work) {
		int start = ((int) Thread.currentThread().getId() * GOLDEN_RATIO) >>> (Integer.SIZE - SIZE_BITS);
		for (int look = 0; look < LOOKS; look++) {
			int slot = (start + look * STRIDE) & MASK;
			if (this.slots.get(slot) == null && this.slots.compareAndSet(slot, null, work)) {
				return slot;
			}
		}
		return NONE;
	}

	void remove(int slot) {
		if (slot != NONE) {
			this.slots.setRelease(slot, null);
		}
	}

	Stream<Work> stream() {
		return IntStream.rangeClosed(0, MASK).mapToObj(this.slots::get).filter(Objects::nonNull);
	}

}

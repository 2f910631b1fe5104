package io.podlifecycle.rehearsal.load;

import java.time.Duration;

/**
 * Counts latencies in buckets that are 1/32 of their power of two wide, so that a
 * percentile is too high by at most 3.2 %, in constant memory. The maximum is exact. Not
 * thread-safe.
 */
final class LatencyHistogram {

	private static final int SUB_BITS = 5;

	private static final int SUB_BUCKETS = 1 << SUB_BITS;

	private final long[] counts = new long[(Long.SIZE - SUB_BITS) * SUB_BUCKETS];

	private long total;

	private long maxNanos;

	void add(long nanos) {
		this.counts[bucketOf(Math.max(nanos, 0))]++;
		this.total++;
		this.maxNanos = Math.max(this.maxNanos, nanos);
	}

	Duration max() {
		return Duration.ofNanos(this.maxNanos);
	}

	/**
	 * Returns a percentile.
	 * @param fraction which one, above 0 to 1
	 * @return the upper edge of the bucket that holds it, the maximum at most; zero if
	 * nothing was counted
	 */
	Duration percentile(double fraction) {
		long rank = Math.max(1, (long) Math.ceil(fraction * this.total));
		long seen = 0;
		for (int bucket = 0; bucket < this.counts.length; bucket++) {
			seen += this.counts[bucket];
			if (seen >= rank) {
				return Duration.ofNanos(Math.min(upperEdgeOf(bucket), this.maxNanos));
			}
		}
		return Duration.ZERO;
	}

	private static int bucketOf(long nanos) {
		if (nanos < SUB_BUCKETS) {
			return (int) nanos;
		}
		int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - SUB_BITS;
		return (shift + 1) * SUB_BUCKETS + (int) ((nanos >>> shift) - SUB_BUCKETS);
	}

	private static long upperEdgeOf(int bucket) {
		if (bucket < SUB_BUCKETS) {
			return bucket;
		}
		int shift = bucket / SUB_BUCKETS - 1;
		long lower = ((long) SUB_BUCKETS + bucket % SUB_BUCKETS) << shift;
		return lower + (1L << shift) - 1;
	}

}

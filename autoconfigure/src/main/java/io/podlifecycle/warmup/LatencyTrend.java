package io.podlifecycle.warmup;

import java.util.stream.LongStream;

/**
 * Whether latencies still improve. Not thread-safe.
 */
final class LatencyTrend {

	/** Smaller improvements are noise. */
	private static final double IMPROVEMENT = 0.9;

	/** Code is compiled in steps, and between two of them nothing improves. */
	private static final int BATCHES_WITHOUT = 5;

	private double reference = Double.MAX_VALUE;

	private int without;

	/**
	 * Add the latencies of one batch of requests. Its slowest tenth is left out: those
	 * were paused, by the garbage collector or for want of processor time.
	 * @param latencies the latencies
	 */
	void add(LongStream latencies) {
		long[] sorted = latencies.sorted().toArray();
		double mean = LongStream.of(sorted).limit(Math.max(1, sorted.length * 9L / 10)).average().orElse(0);
		if (mean < this.reference * IMPROVEMENT) {
			this.reference = mean;
			this.without = 0;
		}
		else {
			this.without++;
		}
	}

	/**
	 * Return whether several batches in a row were not faster than those before.
	 * @return {@code true} if further requests are of little use
	 */
	boolean hasLeveledOff() {
		return this.without >= BATCHES_WITHOUT;
	}

}

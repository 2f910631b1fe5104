package io.podlifecycle.rehearsal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.podlifecycle.rehearsal.load.RequestListener;
import io.podlifecycle.rehearsal.rollout.LoadSlice;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what the clients got into slices of equal length, without gaps from the first to
 * the last. Thread-safe.
 */
final class SliceRecorder implements RequestListener {

	private final Duration length;

	private final Supplier<Duration> clock;

	private final List<LoadSlice> slices = new ArrayList<>();

	/** In nanoseconds, precise to 0.1 %. */
	private final Histogram latencies = new Histogram(3);

	private @Nullable Duration begin;

	private long requests;

	private long failed;

	SliceRecorder(Duration length, Supplier<Duration> clock) {
		this.length = length;
		this.clock = clock;
	}

	@Override
	public synchronized void requestEnded(boolean failed, @Nullable Duration latency) {
		Duration now = this.clock.get();
		Duration current = (this.begin != null) ? this.begin : now;
		while (now.compareTo(current.plus(this.length)) >= 0) {
			cut(current);
			current = current.plus(this.length);
		}
		this.begin = current;
		this.requests++;
		this.failed += failed ? 1 : 0;
		if (latency != null) {
			this.latencies.recordValue(latency.toNanos());
		}
	}

	private void cut(Duration begin) {
		this.slices
			.add(new LoadSlice(begin, this.length, this.requests, this.failed, latency(50), latency(99), latency(100)));
		this.latencies.reset();
		this.requests = 0;
		this.failed = 0;
	}

	private Duration latency(double percentile) {
		return Duration.ofNanos(this.latencies.getValueAtPercentile(percentile));
	}

	/**
	 * Ends the last slice.
	 * @return all slices
	 */
	synchronized List<LoadSlice> finish() {
		if (this.begin != null) {
			cut(this.begin);
			this.begin = null;
		}
		return List.copyOf(this.slices);
	}

}

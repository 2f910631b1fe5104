package io.podlifecycle.benchmarks;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.InFlight;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * One piece of work begins and ends. All threads share the counter. Only {@link InFlight}
 * can say what is in flight, since when, and where its thread is.
 */
@State(Scope.Benchmark)
public class Counters {

	private final AtomicLong atomicLong = new AtomicLong();

	private final LongAdder longAdder = new LongAdder();

	private final InFlight inFlight = new InFlight(Ticker.system());

	@Benchmark
	public void atomicLong() {
		this.atomicLong.incrementAndGet();
		this.atomicLong.decrementAndGet();
	}

	@Benchmark
	public void longAdder() {
		this.longAdder.increment();
		this.longAdder.decrement();
	}

	@Benchmark
	public void inFlight() {
		this.inFlight.begin("request").close();
	}

}

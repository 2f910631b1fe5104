package io.podlifecycle.stream;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A stream is opened at the moment at which the drain ends all of them: it is ended, and
 * once.
 */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Ended once")
@Outcome(expect = Expect.FORBIDDEN, desc = "Overlooked, or ended twice")
@State
public class StreamsStress {

	private final Streams streams = new Streams(Duration.ZERO, () -> Duration.ZERO, Runnable::run, () -> 0,
			(duration) -> {
			});

	private final AtomicInteger ends = new AtomicInteger();

	@Actor
	public void open() {
		this.streams.open("stream", this.ends::incrementAndGet);
	}

	@Actor
	public void drain() {
		this.streams.drain();
	}

	@Arbiter
	public void count(I_Result r) {
		r.r1 = this.ends.get();
	}

}

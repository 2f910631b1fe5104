package io.podlifecycle.time;

import java.time.Duration;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A dependency answers at the moment at which the waiting thread looks whether it has. A
 * signal that got lost would leave it waiting, which jcstress takes for a failure.
 */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Woken, and it had answered")
@Outcome(expect = Expect.FORBIDDEN, desc = "Not woken")
@State
public class WakeupSignalStress {

	private final WakeupSignal wakeup = new WakeupSignal();

	private volatile int answered;

	@Actor
	public void answer() {
		this.answered = 1;
		this.wakeup.wake();
	}

	@Actor
	public void await(I_Result r) {
		while (this.answered == 0 && this.wakeup.await(Duration.ofHours(1))) {
			// Woken, or there was a signal before.
		}
		r.r1 = this.answered;
	}

}

package io.podlifecycle.shutdown;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * SIGTERM at the moment at which the application becomes ready: either it is ready first,
 * and quiesces, or it never is.
 */
@JCStressTest
@Outcome(id = "QUIESCING, true, QUIESCING", expect = Expect.ACCEPTABLE, desc = "Ready, and then stopped")
@Outcome(id = "CLOSING, false, CLOSING", expect = Expect.ACCEPTABLE, desc = "Stopped before it was ready")
@Outcome(expect = Expect.FORBIDDEN, desc = "Neither, or a way back")
@State
public class LifecycleStress {

	private final Lifecycle lifecycle = new Lifecycle();

	@Actor
	public void ready() {
		this.lifecycle.advanceTo(LifecycleState.READY);
	}

	@Actor
	public void stop(LLL_Result r) {
		this.lifecycle.stop();
		r.r1 = this.lifecycle.state();
		r.r2 = this.lifecycle.hasBeenReady();
	}

	@Arbiter
	public void look(LLL_Result r) {
		r.r3 = this.lifecycle.state();
	}

}

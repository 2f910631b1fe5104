package io.podlifecycle.shutdown;

import io.podlifecycle.report.Trigger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * SIGTERM, the preStop hook and the close of the context at the same moment: there is one
 * shutdown, and nobody goes on before it is over. Two at a time, since a machine may have
 * two processors only; the third comes when they are through.
 */
public final class TriggersStress {

	private TriggersStress() {
	}

	/**
	 * The kubelet does not wait for the hook.
	 */
	@JCStressTest
	@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "One shutdown, which is over for both")
	@Outcome(expect = Expect.FORBIDDEN, desc = "More than one, or one that is not over")
	@State
	public static class SigtermAndPreStop {

		private final Drain drain = new Drain();

		@Actor
		public void sigterm(III_Result r) {
			r.r1 = this.drain.shutDown(Trigger.SIGTERM);
		}

		@Actor
		public void preStop(III_Result r) {
			r.r2 = this.drain.shutDown(Trigger.PRE_STOP);
		}

		@Arbiter
		public void close(III_Result r) {
			this.drain.shutDown(Trigger.CONTEXT_CLOSED);
			r.r3 = this.drain.begun();
		}

	}

	/**
	 * The application closes itself when it is told to leave.
	 */
	@JCStressTest
	@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "One shutdown, which is over for both")
	@Outcome(expect = Expect.FORBIDDEN, desc = "More than one, or one that is not over")
	@State
	public static class PreStopAndClose {

		private final Drain drain = new Drain();

		@Actor
		public void preStop(III_Result r) {
			r.r1 = this.drain.shutDown(Trigger.PRE_STOP);
		}

		@Actor
		public void close(III_Result r) {
			r.r2 = this.drain.shutDown(Trigger.CONTEXT_CLOSED);
		}

		@Arbiter
		public void sigterm(III_Result r) {
			this.drain.shutDown(Trigger.SIGTERM);
			r.r3 = this.drain.begun();
		}

	}

	/**
	 * SIGTERM while the application closes itself.
	 */
	@JCStressTest
	@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "One shutdown, which is over for both")
	@Outcome(expect = Expect.FORBIDDEN, desc = "More than one, or one that is not over")
	@State
	public static class SigtermAndClose {

		private final Drain drain = new Drain();

		@Actor
		public void sigterm(III_Result r) {
			r.r1 = this.drain.shutDown(Trigger.SIGTERM);
		}

		@Actor
		public void close(III_Result r) {
			r.r2 = this.drain.shutDown(Trigger.CONTEXT_CLOSED);
		}

		@Arbiter
		public void preStop(III_Result r) {
			this.drain.shutDown(Trigger.PRE_STOP);
			r.r3 = this.drain.begun();
		}

	}

	/**
	 * Somebody looks while it begins.
	 */
	@JCStressTest
	@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "It had not begun")
	@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "It began between the two looks")
	@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It had begun")
	@Outcome(id = "1, 0", expect = Expect.FORBIDDEN, desc = "It had begun, and there was no report")
	@State
	public static class StateAndReport {

		private final Drain drain = new Drain();

		@Actor
		public void close() {
			this.drain.shutDown(Trigger.CONTEXT_CLOSED);
		}

		@Actor
		public void look(II_Result r) {
			r.r1 = (this.drain.lifecycle().state().isShuttingDown()) ? 1 : 0;
			r.r2 = this.drain.shutdown().report().isPresent() ? 1 : 0;
		}

	}

}

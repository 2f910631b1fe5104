package io.podlifecycle.work;

import java.util.concurrent.atomic.AtomicLong;

import io.podlifecycle.report.Trigger;
import io.podlifecycle.shutdown.Drain;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The zero of the tracker: no work is lost, none is counted off twice, and who waits for
 * zero is let go.
 */
public final class InFlightStress {

	private InFlightStress() {
	}

	/**
	 * A request is completed by its own thread and by a timeout.
	 */
	@JCStressTest
	@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Counted off once")
	@Outcome(expect = Expect.FORBIDDEN, desc = "Counted off twice, or never")
	@State
	public static class ClosedTwice {

		private final InFlight inFlight = new InFlight(() -> 0);

		private final Work work = this.inFlight.begin("work");

		@Actor
		public void one() {
			this.work.close();
		}

		@Actor
		public void other() {
			this.work.close();
		}

		@Arbiter
		public void count(I_Result r) {
			r.r1 = (int) this.inFlight.count();
		}

	}

	/**
	 * The same, had {@link Work#close()} looked first and acted then.
	 */
	@JCStressTest
	@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Counted off once")
	@Outcome(expect = Expect.FORBIDDEN, desc = "Counted off twice, or never")
	@State
	public static class BrokenClosedTwice {

		private final AtomicLong inFlight = new AtomicLong(1);

		private volatile boolean closed;

		@Actor
		public void one() {
			close();
		}

		@Actor
		public void other() {
			close();
		}

		private void close() {
			if (!this.closed) {
				this.closed = true;
				this.inFlight.decrementAndGet();
			}
		}

		@Arbiter
		public void count(I_Result r) {
			r.r1 = (int) this.inFlight.get();
		}

	}

	/**
	 * Requests of two threads come and go.
	 */
	@JCStressTest
	@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Nothing is left, of the count or of the names")
	@Outcome(expect = Expect.FORBIDDEN, desc = "Something is left")
	@State
	public static class ComeAndGo {

		private final InFlight inFlight = new InFlight(() -> 0);

		@Actor
		public void one() {
			this.inFlight.begin("one").close();
		}

		@Actor
		public void other() {
			this.inFlight.begin("other").close();
		}

		@Arbiter
		public void count(II_Result r) {
			r.r1 = (int) this.inFlight.count();
			r.r2 = this.inFlight.oldest(2).size();
		}

	}

	/**
	 * Somebody looks for zero while a request comes and goes.
	 */
	@JCStressTest
	@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Before or after")
	@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Meanwhile")
	@Outcome(expect = Expect.FORBIDDEN, desc = "Not a number of requests")
	@State
	public static class LookedAt {

		private final InFlight inFlight = new InFlight(() -> 0);

		@Actor
		public void request() {
			this.inFlight.begin("work").close();
		}

		@Actor
		public void look(I_Result r) {
			r.r1 = (int) this.inFlight.count();
		}

	}

	/**
	 * The last request ends while the drain looks for zero.
	 */
	@JCStressTest
	@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The drain ended, after the request")
	@Outcome(expect = Expect.FORBIDDEN, desc = "It did not wait")
	@State
	public static class TheLastOne {

		private final Drain drain = new Drain();

		private final Work last = this.drain.inFlight.begin("last");

		private volatile int served;

		@Actor
		public void request() {
			this.served = 1;
			this.last.close();
		}

		@Actor
		public void drain(I_Result r) {
			this.drain.shutDown(Trigger.CONTEXT_CLOSED);
			r.r1 = this.served;
		}

	}

	/**
	 * One request begins before the other ends, so there never is none, while the drain
	 * looks for zero.
	 */
	@JCStressTest
	@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The drain ended, after both requests")
	@Outcome(expect = Expect.FORBIDDEN, desc = "It took the change for the end")
	@State
	public static class OneAfterTheOther {

		private final Drain drain = new Drain();

		private final Work first = this.drain.inFlight.begin("first");

		private volatile int served;

		@Actor
		public void requests() {
			Work second = this.drain.inFlight.begin("second");
			this.first.close();
			this.served = 1;
			second.close();
		}

		@Actor
		public void drain(I_Result r) {
			this.drain.shutDown(Trigger.CONTEXT_CLOSED);
			r.r1 = this.served;
		}

	}

}

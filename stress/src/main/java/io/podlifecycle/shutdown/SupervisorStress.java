package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.podlifecycle.report.Trigger;
import io.podlifecycle.shutdown.SupervisedApplication.Policy;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * SIGTERM at the moment at which an application comes or goes: the signal is forwarded,
 * and once. One that got lost would never be, which jcstress takes for a failure.
 */
public final class SupervisorStress {

	private static final Duration LONG = Duration.ofHours(1);

	private SupervisorStress() {
	}

	private static SupervisedApplication application() {
		return new SupervisedApplication(new Policy(true, false, true, true), LONG, () -> 0, null);
	}

	/**
	 * The handler is called as soon as it is installed.
	 */
	@JCStressTest
	@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "The application was told, the signal forwarded")
	@Outcome(expect = Expect.FORBIDDEN, desc = "Not told, or forwarded twice")
	@State
	public static class SigtermAndInstallation {

		private final Table table = new Table();

		private final ShutdownSupervisor supervisor = new ShutdownSupervisor(this.table, () -> 0);

		private final SupervisedApplication application = application();

		@Actor
		public void install() {
			this.application.install(this.supervisor);
		}

		@Actor
		public void sigterm() {
			this.table.raise(Trigger.SIGTERM);
		}

		@Arbiter
		public void look(II_Result r) {
			r.r1 = this.table.awaitForwarded();
			r.r2 = this.application.trigger().filter(Trigger.SIGTERM::equals).isPresent() ? 1 : 0;
		}

	}

	/**
	 * The last application goes while the JVM calls the handler.
	 */
	@JCStressTest
	@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Forwarded, by the supervising thread or without it")
	@Outcome(expect = Expect.FORBIDDEN, desc = "Forwarded twice")
	@State
	public static class SigtermAndRemoval {

		private final Table table = new Table();

		private final ShutdownSupervisor supervisor = new ShutdownSupervisor(this.table, () -> 0);

		@Actor
		public void comeAndGo() {
			SupervisedApplication application = application();
			application.install(this.supervisor);
			application.uninstall();
		}

		@Actor
		public void sigterm() {
			this.table.raise(Trigger.SIGTERM);
		}

		@Arbiter
		public void look(I_Result r) {
			r.r1 = this.table.awaitForwarded();
		}

	}

	/**
	 * The application closes itself, and SIGTERM comes.
	 */
	@JCStressTest
	@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "One shutdown, which is over for both")
	@Outcome(expect = Expect.FORBIDDEN, desc = "More than one, or one that is not over")
	@State
	public static class SigtermAndClose {

		private final SupervisedApplication application = application();

		private final Drain drain = new Drain(this.application.lifecycle());

		public SigtermAndClose() {
			this.application.lifecycle().advanceTo(LifecycleState.READY);
			this.application.attach(this.drain.shutdown(), LONG);
		}

		@Actor
		public void sigterm(II_Result r) {
			this.application.signalled(Trigger.SIGTERM);
			this.application.shutDown(Trigger.SIGTERM);
			r.r1 = this.drain.over();
		}

		@Actor
		public void close(II_Result r) {
			this.application.closing();
			r.r2 = this.drain.over();
		}

	}

	/** A JVM that has a signal to deliver as soon as there is a handler. */
	private static final class Table extends SignalTable {

		private final AtomicInteger forwarded = new AtomicInteger();

		private volatile @Nullable Consumer<Trigger> handler;

		@Override
		boolean install(Consumer<Trigger> handler) {
			this.handler = handler;
			return true;
		}

		void raise(Trigger signal) {
			Consumer<Trigger> installed = this.handler;
			while (installed == null) {
				Thread.onSpinWait();
				installed = this.handler;
			}
			installed.accept(signal);
		}

		int awaitForwarded() {
			while (this.forwarded.get() == 0) {
				Thread.onSpinWait();
			}
			return this.forwarded.get();
		}

		@Override
		boolean isInPlace() {
			return true;
		}

		@Override
		void restore() {
		}

		@Override
		void forward(Trigger signal) {
			this.forwarded.incrementAndGet();
		}

	}

}

package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.podlifecycle.Internal;
import io.podlifecycle.report.Phase;
import io.podlifecycle.report.Propagation;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.HeldCondition;
import io.podlifecycle.time.PauseDetector;
import io.podlifecycle.time.Poller;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.ObservedWork;
import org.jspecify.annotations.Nullable;

/**
 * The graceful shutdown of an application: quiesce, let clients learn of it, drain. It
 * has several triggers and runs once: the first one runs it, on its own thread, and the
 * others wait until it is over. Each part has a time limit, one that fails is skipped,
 * and no code of the user runs on the thread of the shutdown. Safe for use by several
 * threads.
 *
 * @since 0.1.0
 */
@Internal
public final class GracefulShutdown {

	private static final Duration LOOK_INTERVAL = Duration.ofMillis(20);

	/** Longer than a thread waits for a processor, and shorter than any quiet period. */
	private static final Duration PAUSE = Duration.ofMillis(500);

	/** After a preStop hook SIGTERM follows at once, if it follows at all. */
	private static final Duration SIGTERM_TIMEOUT = Duration.ofSeconds(10);

	/**
	 * Ample for the few frames that ask clients to close their connections, and what code
	 * of the user may still take once the JVM is exiting.
	 */
	private static final Duration LAST_TASKS_TIMEOUT = Duration.ofMillis(500);

	private final ShutdownSettings settings;

	private final Lifecycle lifecycle;

	private final Readiness readiness;

	private final ObservedWork work;

	private final Participants participants;

	private final List<ShutdownListener> listeners;

	private final Ticker ticker;

	private final Poller poller;

	private final BooleanSupplier jvmExit;

	private final AtomicBoolean begun = new AtomicBoolean();

	private final CountDownLatch propagated = new CountDownLatch(1);

	private final CountDownLatch over = new CountDownLatch(1);

	private volatile @Nullable ReportInProgress report;

	private volatile boolean terminationFollowed;

	private volatile boolean aborted;

	/**
	 * Create a shutdown that waits for its trigger.
	 * @param settings how to shut down
	 * @param lifecycle the state machine of the application
	 * @param readiness is refused when the settings say so
	 * @param work what is in flight and what arrives
	 * @param participants what takes part; if none of it serves the network, there is no
	 * propagation delay
	 * @param listeners are notified of its progress
	 * @param ticker the source of time
	 * @param sleeper sleeps between two looks
	 * @param jvmExit whether the JVM is exiting
	 */
	public GracefulShutdown(ShutdownSettings settings, Lifecycle lifecycle, Readiness readiness, ObservedWork work,
			Participants participants, List<ShutdownListener> listeners, Ticker ticker, Sleeper sleeper,
			BooleanSupplier jvmExit) {
		this.settings = settings;
		this.lifecycle = lifecycle;
		this.readiness = readiness;
		this.work = work;
		this.participants = participants;
		this.listeners = List.copyOf(listeners);
		this.ticker = ticker;
		this.poller = new Poller(sleeper, LOOK_INTERVAL);
		this.jvmExit = jvmExit;
	}

	/**
	 * Shut down, or wait for the end of the shutdown that is going on. Returns early if
	 * the thread is interrupted (its flag stays set).
	 * @param trigger what has triggered it
	 * @param sinceTrigger measures the time since then
	 */
	public void shutDown(Trigger trigger, Stopwatch sinceTrigger) {
		if (trigger != Trigger.PRE_STOP) {
			terminationFollows();
		}
		if (this.begun.compareAndSet(false, true)) {
			try {
				new Run(trigger, sinceTrigger).run();
			}
			finally {
				this.propagated.countDown();
				this.over.countDown();
			}
		}
		else {
			await(this.over);
		}
	}

	/**
	 * Wait until clients have learned of the shutdown. Returns early if the thread is
	 * interrupted (its flag stays set).
	 */
	public void awaitPropagation() {
		await(this.propagated);
	}

	private static void await(CountDownLatch milestone) {
		try {
			milestone.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Return what has happened since the shutdown was triggered.
	 * @return the report so far, empty before
	 */
	public Optional<ShutdownReport> report() {
		return Optional.ofNullable(this.report).map(ReportInProgress::soFar);
	}

	/** What the drain has given up may be done by now. Without effect before its end. */
	void countLeftWork() {
		ReportInProgress ended = this.report;
		if (ended != null && this.over.getCount() == 0) {
			ended.countLeftWork(this.poller, Deadline.after(StopTimeouts.AFTER_DRAIN, this.ticker));
		}
	}

	/** The signal that follows a preStop hook has come. */
	void terminationFollows() {
		this.terminationFollowed = true;
	}

	/** End every wait at once. */
	void abort() {
		this.aborted = true;
	}

	/** The one run. Used by one thread. */
	private final class Run {

		private final ShutdownSettings settings = GracefulShutdown.this.settings;

		private final Participants participants = GracefulShutdown.this.participants;

		private final Ticker ticker = GracefulShutdown.this.ticker;

		private final Trigger trigger;

		private final Deadline deadline = Deadline.after(this.settings.budget().untilClose(), this.ticker);

		private final Deadline quiesceDeadline = this.deadline.orAfter(this.settings.quiesceTimeout());

		private final ParticipantLoads loads = this.participants.loads(this.ticker);

		private final Participants.ConnectionDrainer connections = this.participants.connectionDrainer(this.ticker);

		private final ShutdownTasks calls = new ShutdownTasks(this.participants.executor());

		/**
		 * Code of the user may be what has begun an exit of the JVM, and then it is
		 * blocked until the JVM ends.
		 */
		private final BooleanSupplier userCodeGivenUp = GracefulShutdown.this.jvmExit.getAsBoolean() ? () -> false
				: new HeldCondition(GracefulShutdown.this.jvmExit, LAST_TASKS_TIMEOUT, this.ticker);

		private final ReportInProgress report;

		private ShutdownTasks quiesce = new ShutdownTasks(this.participants.executor());

		private ShutdownTasks drain = new ShutdownTasks(this.participants.executor());

		private PauseDetector pauses = new PauseDetector(PAUSE, this.ticker);

		private Deadline leastForTasks = Deadline.after(Duration.ZERO, this.ticker);

		private boolean delayed;

		Run(Trigger trigger, Stopwatch sinceTrigger) {
			this.trigger = trigger;
			this.report = new ReportInProgress(trigger, GracefulShutdown.this.work, this.participants, this.loads,
					sinceTrigger);
			GracefulShutdown.this.report = this.report;
		}

		void run() {
			this.report.attempt("state of readiness", this::decideDelay);
			this.report.attempt("readiness", () -> refuseReadiness(RefuseReadiness.IMMEDIATELY));
			this.report.attempt("quiesce", this::quiesce);
			this.report.attempt("propagation delay", this::propagate);
			this.report.attempt("readiness", () -> refuseReadiness(RefuseReadiness.AFTER_PROPAGATION));
			GracefulShutdown.this.propagated.countDown();
			this.report.attempt("wait for SIGTERM", this::awaitSigterm);
			this.report.attempt("drain", this::drain);
			this.report.attempt("end of the drain", this::giveUpTheRest);
			this.report.attempt("listeners", this::tellDrained);
		}

		private void decideDelay() {
			boolean ready = GracefulShutdown.this.readiness.hasBeenReady();
			this.delayed = this.report.propagation(this.settings.decide(this.trigger, ready,
					this.participants.serveTheNetwork())) == Propagation.PENDING;
		}

		private void quiesce() {
			begin(Phase.QUIESCE, LifecycleState.QUIESCING);
			this.quiesce = this.participants.quiesce();
		}

		private void propagate() {
			if (this.delayed) {
				PropagationDelay.InProgress delay = this.settings.delay()
					.begin(this.settings.budget().propagatedBefore(), GracefulShutdown.this.work.traffic(),
							this.participants.connectedPeers(), this.ticker);
				this.report.peers(delay.totals());
				begin(Phase.PROPAGATION, LifecycleState.PROPAGATING);
				await(() -> {
					this.connections.drainIfDue();
					Propagation propagation = delay.look(this.pauses.detectPause());
					this.report.peers(delay.totals());
					return this.report.propagation(propagation) != Propagation.IN_PROGRESS;
				}, this.deadline);
				this.report.propagationEnded(GracefulShutdown.this.aborted);
			}
		}

		/** The kubelet sends it when its preStop hook has been answered. */
		private void awaitSigterm() {
			if (this.trigger == Trigger.PRE_STOP) {
				begin(Phase.AWAIT_SIGTERM, LifecycleState.QUIESCING);
				await(() -> GracefulShutdown.this.terminationFollowed, this.deadline.orAfter(SIGTERM_TIMEOUT));
			}
		}

		private void drain() {
			begin(Phase.DRAIN, LifecycleState.DRAINING);
			Deadline end = this.deadline.orAfter(this.settings.budget().drainTimeout());
			this.drain = this.participants.drain();
			this.leastForTasks = Deadline.after(LAST_TASKS_TIMEOUT, this.ticker);
			if (this.delayed) {
				// Clients close the connections: the server could cross a request.
				await(() -> {
					this.connections.drainIfDue();
					return isDrained() && this.participants.openConnections() == 0;
				}, end.orAfter(this.settings.connectionLinger()));
			}
			await(this::isDrained, end);
		}

		/**
		 * Two rounds in a row: between its queue and its thread a task is nowhere for a
		 * moment, and one round could fall into it.
		 */
		private boolean isDrained() {
			boolean givenUp = this.userCodeGivenUp.getAsBoolean();
			boolean tasksOver = (this.quiesce.areOver() || this.quiesceDeadline.isOver()) && this.drain.areOver();
			// Clients go on while the process is paused: what they have sent arrives
			// later.
			boolean othersIdle = (!this.pauses.detectPause() || givenUp)
					&& GracefulShutdown.this.work.inFlight().count() == 0 && (tasksOver || givenUp);
			return this.report.idle(this.loads.idleRounds(othersIdle) >= 2 || (othersIdle && givenUp));
		}

		private void giveUpTheRest() {
			await(() -> this.connections.areOver() && this.calls.areOver(), this.deadline.orAfter(LAST_TASKS_TIMEOUT));
			// An abort must not make a problem of a task that has only just been started.
			GracefulShutdown.this.poller.await(() -> this.quiesce.areOver() && this.drain.areOver(),
					this.leastForTasks);
			Stream
				.of(this.quiesce.giveUp(), this.drain.giveUp(), this.connections.giveUp(), this.loads.problems(),
						this.calls.problems())
				.forEach(this.report::problems);
		}

		private void tellDrained() {
			begin(Phase.CLOSE, LifecycleState.DRAINING);
			await(() -> this.calls.areOver() || this.userCodeGivenUp.getAsBoolean(),
					Deadline.after(this.settings.budget().closeTimeout().dividedBy(2), this.ticker));
		}

		private void refuseReadiness(RefuseReadiness now) {
			if (this.settings.refuseReadiness() == now) {
				GracefulShutdown.this.readiness.refuse();
				this.calls.start("listener of the readiness event", GracefulShutdown.this.readiness::announce);
			}
		}

		private void begin(Phase phase, LifecycleState state) {
			GracefulShutdown.this.lifecycle.advanceTo(state);
			this.report.begin(phase);
			this.pauses = new PauseDetector(PAUSE, this.ticker);
			ShutdownReport soFar = this.report.soFar();
			GracefulShutdown.this.listeners.forEach((listener) -> this.calls.startInOrder(listener,
					"listener " + listener.getClass().getName(), () -> listener.phaseBegun(soFar)));
		}

		private void await(BooleanSupplier condition, Deadline end) {
			GracefulShutdown.this.poller.await(() -> GracefulShutdown.this.aborted || condition.getAsBoolean(), end);
		}

	}

}

package io.podlifecycle.drain;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Poller;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The way out of an application: quiesce, propagate, drain. It has several doors and runs
 * once: whoever comes first runs it, the others wait until it is over. Safe for use by
 * several threads.
 *
 * @since 0.1.0
 */
public final class ShutdownSequence {

	private static final Duration LOOK_INTERVAL = Duration.ofMillis(20);

	/** After a preStop hook SIGTERM follows at once, if it follows at all. */
	private static final Duration SIGTERM_TIMEOUT = Duration.ofSeconds(10);

	private final ShutdownSettings settings;

	private final Readiness readiness;

	private final ObservedWork work;

	private final Participants participants;

	private final ShutdownListener listener;

	private final Ticker ticker;

	private final Poller poller;

	private final AtomicBoolean begun = new AtomicBoolean();

	private final CompletableFuture<@Nullable Void> propagated = new CompletableFuture<>();

	private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();

	private volatile @Nullable ReportInProgress inProgress;

	private volatile boolean terminated;

	private volatile ShutdownState state = ShutdownState.SERVING;

	private volatile boolean hadBeenReady;

	private volatile boolean hurried;

	/**
	 * Create a sequence that waits for one of its doors to open.
	 * @param settings how to leave
	 * @param readiness is refused when the settings say so
	 * @param work what is in flight and what arrives
	 * @param participants who takes part; if none of them serves the network, there is no
	 * propagation delay
	 * @param listener is told how it goes on
	 * @param ticker the source of time
	 * @param sleeper sleeps between two looks
	 */
	public ShutdownSequence(ShutdownSettings settings, Readiness readiness, ObservedWork work,
			Participants participants, ShutdownListener listener, Ticker ticker, Sleeper sleeper) {
		this.settings = settings;
		this.readiness = readiness;
		this.work = work;
		this.participants = participants;
		this.listener = listener;
		this.ticker = ticker;
		this.poller = new Poller(sleeper, LOOK_INTERVAL);
	}

	/**
	 * Note that the application is ready, so that clients may know of it. Without effect
	 * once it leaves: readiness that comes too late was refused before.
	 */
	public void ready() {
		if (!this.begun.get()) {
			this.hadBeenReady = true;
		}
	}

	/**
	 * Return where the application is on its way out.
	 * @return the state, {@link ShutdownState#SERVING} until a door has opened
	 */
	public ShutdownState state() {
		return this.state;
	}

	/**
	 * End every wait at once.
	 */
	public void hurry() {
		this.hurried = true;
	}

	/**
	 * Leave: run the sequence, or wait for the end of the one that runs. Returns early if
	 * the thread is interrupted (its flag stays set).
	 * @param cause what made the application leave
	 */
	public void leave(ShutdownCause cause) {
		this.terminated |= (cause != ShutdownCause.PRE_STOP);
		if (this.begun.compareAndSet(false, true)) {
			run(cause);
		}
		else {
			await(this.drained);
		}
	}

	/**
	 * Wait until clients have learned of the shutdown. Returns early if the thread is
	 * interrupted (its flag stays set).
	 */
	public void awaitPropagation() {
		await(this.propagated);
	}

	/**
	 * Return what has happened since a door has opened.
	 * @return the report so far, empty while the application serves
	 */
	public Optional<DrainReport> report() {
		return Optional.ofNullable(this.inProgress).map(ReportInProgress::soFar);
	}

	private void run(ShutdownCause cause) {
		this.state = ShutdownState.QUIESCING;
		Deadline drainDeadline = Deadline.after(this.settings.budget().untilClose(), this.ticker);
		ReportInProgress report = new ReportInProgress(cause, this.work, this.participants, this.ticker);
		this.inProgress = report;
		try {
			refuseReadiness(RefuseReadiness.IMMEDIATELY, report);
			report.attempt("listener", () -> this.listener.quiescing(report.soFar()));
			Farewell farewell = this.participants.farewell(this.ticker);
			Steps quiesce = this.participants.quiesce();
			Deadline quiesceDeadline = drainDeadline.orAfter(this.settings.quiesceTimeout());
			boolean delayed = isDelayed(cause);
			if (delayed) {
				propagate(drainDeadline, farewell, report);
			}
			refuseReadiness(RefuseReadiness.AFTER_PROPAGATION, report);
			this.propagated.complete(null);
			if (cause == ShutdownCause.PRE_STOP) {
				awaitSigterm(drainDeadline, report);
			}
			this.state = ShutdownState.DRAINING;
			report.attempt("listener", () -> this.listener.draining(report.soFar()));
			report.begin(Phase.DRAIN);
			Deadline deadline = drainDeadline.orAfter(this.settings.budget().drainTimeout());
			Steps drain = this.participants.drain();
			if (delayed) {
				letClientsLeave(farewell, deadline);
			}
			this.poller.await(() -> (isOver(quiesce, quiesceDeadline) && drain.areOver() && isIdle()) || this.hurried,
					deadline);
			report.end();
			giveUp(quiesce, report);
			giveUp(drain, report);
			giveUp(farewell.lastRound(), report);
			report.attempt("listener", () -> this.listener.drained(report.soFar()));
		}
		finally {
			this.state = ShutdownState.DRAINED;
			this.propagated.complete(null);
			this.drained.complete(null);
		}
	}

	private static void await(CompletableFuture<@Nullable Void> milestone) {
		try {
			milestone.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("A milestone is never completed with a failure", ex);
		}
	}

	/** Clients have to learn of it only if they can know of this instance. */
	private boolean isDelayed(ShutdownCause cause) {
		return this.settings.delayEnabled() && cause.isTermination() && this.hadBeenReady
				&& this.participants.serveTheNetwork();
	}

	private void refuseReadiness(RefuseReadiness now, ReportInProgress report) {
		if (this.settings.refuseReadiness() == now) {
			report.attempt("readiness", this.readiness::refuse);
		}
	}

	private void propagate(Deadline drainDeadline, Farewell farewell, ReportInProgress report) {
		report.begin(Phase.PROPAGATION);
		PropagationInProgress propagation = new PropagationInProgress(this.settings, this.work.traffic(), this.ticker);
		this.poller.await(() -> {
			farewell.sayIfDue();
			return propagation.isOver() || this.hurried;
		}, drainDeadline);
		report.propagated(propagation.outcome());
		report.end();
	}

	/** The kubelet sends it when its preStop hook has been answered. */
	private void awaitSigterm(Deadline drainDeadline, ReportInProgress report) {
		report.begin(Phase.AWAIT_SIGTERM);
		this.poller.await(() -> this.terminated || this.hurried, drainDeadline.orAfter(SIGTERM_TIMEOUT));
		report.end();
	}

	private static boolean isOver(Steps steps, Deadline deadline) {
		return steps.areOver() || deadline.isOver();
	}

	private static void giveUp(Steps steps, ReportInProgress report) {
		report.problems(steps.problems());
		steps.interrupt();
	}

	/**
	 * Where clients were told to leave, wait for them: closing a connection could cross a
	 * request.
	 */
	private void letClientsLeave(Farewell farewell, Deadline deadline) {
		this.poller.await(() -> {
			farewell.sayIfDue();
			return (isIdle() && this.participants.openConnections() == 0) || this.hurried;
		}, deadline.orAfter(this.settings.connectionLinger()));
	}

	private boolean isIdle() {
		return this.work.inFlight().count() == 0 && this.participants.areIdle();
	}

}

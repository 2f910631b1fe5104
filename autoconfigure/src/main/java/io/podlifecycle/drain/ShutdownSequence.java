package io.podlifecycle.drain;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.podlifecycle.time.Poller;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;

/**
 * The way out of an application: quiesce, propagate, drain. It has several doors and runs
 * once: whoever comes first runs it, the others wait until it is over. Safe for use by
 * several threads.
 *
 * @since 0.1.0
 */
public final class ShutdownSequence {

	private static final Duration LOOK_INTERVAL = Duration.ofMillis(20);

	private final ShutdownMeans means;

	private final ShutdownProgress progress = new ShutdownProgress();

	private final AtomicBoolean begun = new AtomicBoolean();

	private volatile boolean hadBeenReady;

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
		this.means = new ShutdownMeans(settings, readiness, work, participants, listener, ticker,
				new Poller(sleeper, LOOK_INTERVAL));
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
		return this.progress.state();
	}

	/**
	 * End every wait at once.
	 */
	public void hurry() {
		this.progress.hurry();
	}

	/**
	 * Leave: run the sequence, or wait for the end of the one that runs. Returns early if
	 * the thread is interrupted (its flag stays set).
	 * @param cause what made the application leave
	 */
	public void leave(ShutdownCause cause) {
		if (cause != ShutdownCause.PRE_STOP) {
			this.progress.terminate();
		}
		if (this.begun.compareAndSet(false, true)) {
			run(cause);
		}
		else {
			this.progress.awaitDrained();
		}
	}

	/**
	 * Wait until clients have learned of the shutdown. Returns early if the thread is
	 * interrupted (its flag stays set).
	 */
	public void awaitPropagation() {
		this.progress.awaitPropagated();
	}

	/**
	 * Return what has happened since a door has opened.
	 * @return the report so far, empty while the application serves
	 */
	public Optional<DrainReport> report() {
		return this.progress.report();
	}

	private void run(ShutdownCause cause) {
		try {
			new ShutdownRun(cause, isDelayed(cause), this.means, this.progress).run();
		}
		finally {
			this.progress.drained();
		}
	}

	/** Clients have to learn of it only if they can know of this instance. */
	private boolean isDelayed(ShutdownCause cause) {
		return this.means.settings().delayEnabled() && cause.isTermination() && this.hadBeenReady
				&& this.means.participants().serveTheNetwork();
	}

}

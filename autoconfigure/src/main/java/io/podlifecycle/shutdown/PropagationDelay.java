package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.podlifecycle.Internal;
import io.podlifecycle.report.Propagation;
import io.podlifecycle.report.ShutdownReport.PeerActivity;
import io.podlifecycle.report.ShutdownReport.PeerTotals;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.Peers;
import io.podlifecycle.work.Traffic;
import org.jspecify.annotations.Nullable;

/**
 * When the propagation delay is over: between its shortest and its longest time, when
 * each peer has been silent for several times its own largest gap. Immutable.
 *
 * @param mode whether evidence may end it
 * @param min how long it lasts at least
 * @param max how long it lasts at the most
 * @param quietPeriod how long nothing must have arrived
 * @since 0.1.0
 */
@Internal
public record PropagationDelay(Mode mode, Duration min, Duration max, Duration quietPeriod) {

	/**
	 * A peer that sends at random moments is silent for three times its largest gap with
	 * a probability of less than 0.0001 (docs/adr/0018-evidence-per-peer.md).
	 */
	private static final int TIMES_THE_LARGEST_GAP = 3;

	/** The report is read by people. */
	private static final int MOST_NAMED = 10;

	/**
	 * Begin a propagation delay.
	 * @param alreadyOver the part of the delay that was over before, in a preStop hook
	 * @param traffic the requests that arrive
	 * @param connected the addresses of all open connections
	 * @param ticker the source of time
	 * @return the delay while it lasts
	 */
	InProgress begin(Duration alreadyOver, Traffic traffic, Stream<Object> connected, Ticker ticker) {
		return new InProgress(alreadyOver, traffic.peers().watch(connected, ticker), ticker);
	}

	/**
	 * Whether evidence may end the delay.
	 */
	public enum Mode {

		/**
		 * It ends once all peers are silent, between {@code min} and {@code max}; without
		 * a peer before, at {@code max}: silence is no evidence then.
		 */
		ADAPTIVE,

		/**
		 * It always lasts {@code max}.
		 */
		FIXED

	}

	/**
	 * A propagation delay while it lasts. Used by one thread.
	 */
	final class InProgress {

		private final Duration alreadyOver;

		private final Peers.Watch peers;

		private final Ticker ticker;

		private final Stopwatch stopwatch;

		private @Nullable Stopwatch sincePause;

		private InProgress(Duration alreadyOver, Peers.Watch peers, Ticker ticker) {
			this.alreadyOver = alreadyOver;
			this.peers = peers;
			this.ticker = ticker;
			this.stopwatch = Stopwatch.start(ticker);
		}

		/**
		 * Look whether clients have learned of the shutdown. Called several times a
		 * second.
		 * @param paused whether the process was paused since the last look; silence is
		 * counted anew then
		 * @return how the delay ends, {@link Propagation#IN_PROGRESS} as long as it goes
		 * on
		 */
		Propagation look(boolean paused) {
			if (paused) {
				this.sincePause = Stopwatch.start(this.ticker);
			}
			this.peers.look();
			Duration elapsed = this.stopwatch.elapsed().plus(this.alreadyOver);
			if (elapsed.compareTo(max()) >= 0) {
				return Propagation.CAP;
			}
			if (mode() == Mode.FIXED || elapsed.compareTo(min()) < 0) {
				return Propagation.IN_PROGRESS;
			}
			if (this.peers.isHealthChecksOnly()) {
				return Propagation.HEALTH_CHECKS_ONLY;
			}
			return areAllSilent() ? Propagation.QUIET : Propagation.IN_PROGRESS;
		}

		/** The quiet period has to be observed; gaps may have begun before. */
		private boolean areAllSilent() {
			return this.peers.size() > 0 && observed(this.stopwatch.elapsed()).compareTo(quietPeriod()) >= 0
					&& sending().findAny().isEmpty();
		}

		private Stream<PeerActivity> sending() {
			return this.peers.activities().filter((peer) -> {
				Duration needed = peer.largestGap().multipliedBy(TIMES_THE_LARGEST_GAP);
				Duration silence = observed(peer.lastSeen());
				return silence.compareTo(needed) < 0 || silence.compareTo(quietPeriod()) < 0;
			});
		}

		private Duration observed(Duration silence) {
			Duration observed = (this.sincePause != null) ? this.sincePause.elapsed() : silence;
			return (observed.compareTo(silence) < 0) ? observed : silence;
		}

		/**
		 * Return how many peers there are, and which of them still send.
		 * @return the peers at the last look
		 */
		PeerTotals totals() {
			List<PeerActivity> sending = sending().sorted(Comparator.comparing(PeerActivity::lastSeen)).toList();
			return new PeerTotals(this.peers.size(), sending.size(),
					sending.subList(0, Math.min(MOST_NAMED, sending.size())));
		}

	}

}

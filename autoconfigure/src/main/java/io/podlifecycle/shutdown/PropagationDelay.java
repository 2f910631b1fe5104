package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.podlifecycle.Internal;
import io.podlifecycle.report.Propagation;
import io.podlifecycle.report.ShutdownReport.PeerActivity;
import io.podlifecycle.report.ShutdownReport.PeerTotals;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.Peer;
import io.podlifecycle.work.Peers;
import io.podlifecycle.work.Traffic;

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
	 * So many times its largest gap must a peer have been silent: one that sends at
	 * random moments is so with a probability of less than 0.0001 (docs/propagation.md).
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
		return new InProgress(alreadyOver, traffic.peers(), connected, ticker);
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

		private final Peers peers;

		private final Ticker ticker;

		private final Stopwatch stopwatch;

		private final int windowStart;

		private final Map<Peer, Silence> silences = new HashMap<>();

		private final boolean healthChecks;

		/** What was missed before may have been a pause of the process. */
		private long observedSince;

		private Stopwatch observed;

		private InProgress(Duration alreadyOver, Peers peers, Stream<Object> connected, Ticker ticker) {
			this.alreadyOver = alreadyOver;
			this.peers = peers;
			this.ticker = ticker;
			this.stopwatch = Stopwatch.start(ticker);
			this.observed = this.stopwatch;
			int now = peers.moment(ticker.nanos());
			this.windowStart = peers.windowStart(now);
			this.observedSince = peers.end(this.windowStart);
			this.healthChecks = peers.areHealthChecks(now);
			Stream.concat(peers.since(this.windowStart), peers.of(connected)).forEach(this::silence);
		}

		/**
		 * Look whether clients have learned of the shutdown. Called several times a
		 * second.
		 * @param onTime whether the last look was a moment ago: silence that nobody has
		 * observed is no evidence
		 * @return how the delay ends, {@link Propagation#IN_PROGRESS} as long as it goes
		 * on
		 */
		Propagation look(boolean onTime) {
			if (!onTime) {
				this.observedSince = this.ticker.nanos();
				this.observed = Stopwatch.start(this.ticker);
			}
			this.peers.since(this.windowStart).forEach(this::silence);
			Duration elapsed = this.stopwatch.elapsed().plus(this.alreadyOver);
			if (elapsed.compareTo(max()) >= 0) {
				return Propagation.CAP;
			}
			if (mode() == Mode.FIXED || elapsed.compareTo(min()) < 0) {
				return Propagation.IN_PROGRESS;
			}
			if (this.silences.isEmpty()) {
				return this.healthChecks ? Propagation.HEALTH_CHECKS_ONLY : Propagation.IN_PROGRESS;
			}
			boolean quiet = this.observed.elapsed().compareTo(quietPeriod()) >= 0 && active().findAny().isEmpty();
			return quiet ? Propagation.QUIET : Propagation.IN_PROGRESS;
		}

		private void silence(Peer peer) {
			this.silences.computeIfAbsent(peer, (known) -> new Silence(known, this.windowStart)).update();
		}

		private Stream<Silence> active() {
			long now = this.ticker.nanos();
			return this.silences.values().stream().filter((silence) -> !isLongEnough(silence, now));
		}

		private boolean isLongEnough(Silence silence, long now) {
			long since = Math.max(this.peers.end(silence.last) - now, this.observedSince - now);
			Duration needed = Peers.time(silence.largestGap * TIMES_THE_LARGEST_GAP);
			return -since >= Math.max(needed.toNanos(), quietPeriod().toNanos());
		}

		/**
		 * Return who was there, and who is not silent yet.
		 * @return the peers
		 */
		PeerTotals totals() {
			long now = this.ticker.nanos();
			List<PeerActivity> sending = active().map((silence) -> silence.activity(now))
				.sorted(Comparator.comparing(PeerActivity::lastSeen))
				.toList();
			return new PeerTotals(this.silences.size(), sending.size(),
					sending.subList(0, Math.min(MOST_NAMED, sending.size())));
		}

		/** How regularly a peer has sent, and when it did last. */
		private final class Silence {

			private final Peer peer;

			private int largestGap;

			private int last;

			Silence(Peer peer, int windowStart) {
				this.peer = peer;
				this.last = peer.last();
				this.largestGap = peer.largestGap(windowStart,
						InProgress.this.peers.moment(InProgress.this.ticker.nanos()));
			}

			void update() {
				int latest = this.peer.last();
				this.largestGap = Math.max(this.largestGap, latest - this.last);
				this.last = latest;
			}

			PeerActivity activity(long now) {
				Duration lastSeen = Duration.ofNanos(Math.max(0, now - InProgress.this.peers.end(this.last)));
				return new PeerActivity(this.peer.address(), lastSeen, Peers.time(this.largestGap));
			}

		}

	}

}

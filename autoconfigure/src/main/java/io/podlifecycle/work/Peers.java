package io.podlifecycle.work;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.podlifecycle.Internal;
import io.podlifecycle.report.ShutdownReport.PeerActivity;
import io.podlifecycle.time.Ticker;

/**
 * Who sends requests that count as traffic, by the addresses of their connections.
 * Forwarding headers are not trusted. Time is counted in moments of a quarter of a
 * second. Safe for use by several threads; a request of a known peer takes no lock.
 *
 * @since 0.1.0
 */
@Internal
public final class Peers {

	static final long MOMENT_NANOS = Duration.ofMillis(250).toNanos();

	/** Peers beyond this number are grouped by their networks. */
	static final int MOST = 1024;

	private static final String OTHERS = "others";

	/** No moment is 0, which is what a slot without a mark has. */
	private static final int FIRST_MOMENT = Peer.SLOTS;

	private final Map<Object, Peer> byAddress = new ConcurrentHashMap<>();

	private final Peer healthChecks = new Peer("health checks");

	private final long startedAt;

	private volatile int firstSeen = Integer.MAX_VALUE;

	private volatile int cleanedAt;

	Peers(long startedAt) {
		this.startedAt = startedAt;
	}

	void arrived(Object address, long now) {
		int moment = moment(now);
		Peer peer = this.byAddress.get(address);
		((peer != null) ? peer : add(address, moment)).mark(moment);
	}

	void healthCheckArrived(long now) {
		this.healthChecks.mark(moment(now));
	}

	private Peer add(Object address, int moment) {
		if (this.firstSeen > moment) {
			this.firstSeen = moment;
		}
		if (this.byAddress.size() >= MOST && this.cleanedAt != moment) {
			this.cleanedAt = moment;
			this.byAddress.values().removeIf((peer) -> peer.last() < moment - Peer.WINDOW);
		}
		return this.byAddress.computeIfAbsent(keyOfNew(address), Peer::new);
	}

	private Object keyOfNew(Object address) {
		int known = this.byAddress.size();
		if (known < MOST) {
			return address;
		}
		String network = network(address);
		return (known < 2 * MOST || this.byAddress.containsKey(network)) ? network : OTHERS;
	}

	/** The first 24 bits of an IPv4 address, the first 64 of an IPv6 address. */
	private static String network(Object address) {
		String text = (address instanceof InetAddress inet) ? inet.getHostAddress() : address.toString();
		if (text.indexOf(':') < 0) {
			return (text.indexOf('.') < 0) ? text : text.substring(0, text.lastIndexOf('.') + 1) + "0/24";
		}
		int end = -1;
		for (int group = 0; group < 4 && end < text.length(); group++) {
			int next = text.indexOf(':', end + 1);
			end = (next < 0) ? text.length() : next;
		}
		return text.substring(0, end) + "::/64";
	}

	/**
	 * Watch who sends something.
	 * @param connected the addresses of all open connections: a peer that has sent
	 * something once, and keeps one, may do so again
	 * @param ticker the source of time
	 * @return what begins with those of the last minute
	 */
	public Watch watch(Stream<Object> connected, Ticker ticker) {
		return new Watch(this, connected, ticker);
	}

	int moment(long nanos) {
		return FIRST_MOMENT + (int) ((nanos - this.startedAt) / MOMENT_NANOS);
	}

	/** The time of the ticker at which a moment is over. */
	long end(int moment) {
		return this.startedAt + (moment + 1L - FIRST_MOMENT) * MOMENT_NANOS;
	}

	/** A minute ago, or when the first request arrived if that was later. */
	int windowStart(int now) {
		return Math.max(now - Peer.WINDOW, Math.min(this.firstSeen, now));
	}

	Stream<Peer> since(int moment) {
		return this.byAddress.values().stream().filter((peer) -> peer.last() >= moment);
	}

	Stream<Peer> of(Stream<Object> addresses) {
		return addresses.distinct().map(this.byAddress::get).filter(Objects::nonNull);
	}

	boolean areHealthChecks(int now) {
		return this.healthChecks.last() >= now - Peer.WINDOW;
	}

	/**
	 * Watches the peers of the last minute, and those that send something from then on.
	 * Used by one thread.
	 */
	public static final class Watch {

		private final Peers peers;

		private final Ticker ticker;

		private final int begin;

		private final boolean healthChecks;

		private final Map<Peer, Rhythm> rhythms = new HashMap<>();

		private Watch(Peers peers, Stream<Object> connected, Ticker ticker) {
			this.peers = peers;
			this.ticker = ticker;
			int now = peers.moment(ticker.nanos());
			this.begin = peers.windowStart(now);
			this.healthChecks = peers.areHealthChecks(now);
			peers.of(connected).forEach(this::update);
			look();
		}

		/**
		 * Look which peers have sent something since the last look. Called several times
		 * a second.
		 */
		public void look() {
			this.peers.since(this.begin).forEach(this::update);
		}

		private void update(Peer peer) {
			this.rhythms.computeIfAbsent(peer, this::rhythm).update(peer.last());
		}

		private Rhythm rhythm(Peer peer) {
			int now = this.peers.moment(this.ticker.nanos());
			int last = peer.last();
			return new Rhythm(last, (last < this.begin) ? now - last : peer.largestGap(this.begin, now));
		}

		/**
		 * Return the peers.
		 * @return what is known of each
		 */
		public Stream<PeerActivity> activities() {
			long now = this.ticker.nanos();
			return this.rhythms.entrySet()
				.stream()
				.map((entry) -> entry.getValue().activity(entry.getKey().address(), this.peers, now));
		}

		/**
		 * Return how many peers there are.
		 * @return the number
		 */
		public int size() {
			return this.rhythms.size();
		}

		/**
		 * Return whether nothing but health checks arrives.
		 * @return {@code true} if some arrived during the minute before, and nothing else
		 * since
		 */
		public boolean isHealthChecksOnly() {
			return this.healthChecks && this.rhythms.isEmpty();
		}

		private static final class Rhythm {

			private int last;

			private int largestGap;

			Rhythm(int last, int largestGap) {
				this.last = last;
				this.largestGap = largestGap;
			}

			void update(int latest) {
				this.largestGap = Math.max(this.largestGap, latest - this.last);
				this.last = latest;
			}

			PeerActivity activity(String address, Peers peers, long now) {
				return new PeerActivity(address, Duration.ofNanos(Math.max(0, now - peers.end(this.last))),
						Duration.ofNanos(this.largestGap * Peers.MOMENT_NANOS));
			}

		}

	}

}

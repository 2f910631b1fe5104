package io.podlifecycle.work;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.podlifecycle.Internal;

/**
 * Who sends requests that count as traffic, by the addresses of their connections: a
 * header may claim anything. Time is counted in moments of a quarter of a second. Safe
 * for use by several threads, without locks.
 *
 * @since 0.1.0
 */
@Internal
public final class Peers {

	static final long MOMENT_NANOS = Duration.ofMillis(250).toNanos();

	/** From then on peers that are not known yet are grouped by their networks. */
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
	 * Return the moment of a time.
	 * @param nanos the time of the ticker
	 * @return its moment
	 */
	public int moment(long nanos) {
		return FIRST_MOMENT + (int) ((nanos - this.startedAt) / MOMENT_NANOS);
	}

	/**
	 * Return when a moment is over.
	 * @param moment the moment
	 * @return the time of the ticker
	 */
	public long end(int moment) {
		return this.startedAt + (moment + 1L - FIRST_MOMENT) * MOMENT_NANOS;
	}

	/**
	 * Return the beginning of the last minute, or when the first request came if that was
	 * later.
	 * @param now the moment at the end of the minute
	 * @return the moment
	 */
	public int windowStart(int now) {
		return Math.max(now - Peer.WINDOW, Math.min(this.firstSeen, now));
	}

	/**
	 * Return those that have sent something.
	 * @param since from which moment on
	 * @return the peers
	 */
	public Stream<Peer> since(int since) {
		return this.byAddress.values().stream().filter((peer) -> peer.last() >= since);
	}

	/**
	 * Return those of some addresses, whenever they have sent something.
	 * @param addresses the addresses
	 * @return the peers that are known
	 */
	public Stream<Peer> of(Stream<Object> addresses) {
		return addresses.distinct().map(this.byAddress::get).filter((peer) -> peer != null);
	}

	/**
	 * Return whether health checks have come of late.
	 * @param now the moment at the end of a minute
	 * @return {@code true} if at least one has during that minute
	 */
	public boolean areHealthChecks(int now) {
		return this.healthChecks.last() >= now - Peer.WINDOW;
	}

	/**
	 * Return how long some moments are.
	 * @param moments their number
	 * @return the time
	 */
	public static Duration time(int moments) {
		return Duration.ofNanos(moments * MOMENT_NANOS);
	}

}

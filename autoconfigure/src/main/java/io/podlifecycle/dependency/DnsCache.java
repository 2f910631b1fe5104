package io.podlifecycle.dependency;

import java.security.Security;
import java.time.Duration;
import java.util.regex.Pattern;

import io.podlifecycle.Internal;

/**
 * The JVM's cache of DNS look-ups. It keeps a failed look-up for 10 s and a good one for
 * 30 s, so that a wait would see a new Service up to 10 s late. Its policy is read once,
 * at the first look-up of the JVM, and holds for the whole JVM.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/net/InetAddress.html">InetAddress</a>
 */
@Internal
public final class DnsCache {

	private static final String TTL = "networkaddress.cache.ttl";

	private static final String NEGATIVE_TTL = "networkaddress.cache.negative.ttl";

	/** Stands in the JDK's own java.security file, so it is nobody's choice. */
	private static final String JDK_NEGATIVE_TTL = "10";

	private static final Pattern OUT_OF_CACHE = Pattern.compile("UnknownHostException: [^:\\s]+");

	private DnsCache() {
	}

	/**
	 * Shorten what the user of the JVM has left at its default. Without effect, and
	 * without an error, once the JVM has looked up a name.
	 * @param ttl how long to keep a good look-up, whole seconds
	 * @param negativeTtl how long to keep a failed look-up, whole seconds
	 */
	public static void shorten(Duration ttl, Duration negativeTtl) {
		if (Security.getProperty(TTL) == null && System.getProperty("sun.net.inetaddr.ttl") == null) {
			Security.setProperty(TTL, String.valueOf(ttl.toSeconds()));
		}
		if (JDK_NEGATIVE_TTL.equals(Security.getProperty(NEGATIVE_TTL))
				&& System.getProperty("sun.net.inetaddr.negative.ttl") == null) {
			Security.setProperty(NEGATIVE_TTL, String.valueOf(negativeTtl.toSeconds()));
		}
	}

	/**
	 * Return whether a failed look-up was answered out of the cache: the JDK then throws
	 * an exception whose message is the bare name, without the resolver's reason.
	 * @param outcome a failed try of a dependency
	 * @return {@code true} if the resolver was not asked
	 */
	public static boolean answered(DependencyOutcome outcome) {
		return OUT_OF_CACHE.matcher(outcome.lastError()).matches();
	}

}

package io.podlifecycle.dependency;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.podlifecycle.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * A host and a port. Immutable.
 *
 * @param host a name, or a literal address without brackets
 * @param port from 1 to 65535
 * @since 0.1.0
 */
public record Endpoint(String host, int port) {

	private static final Pattern PATTERN = Pattern
		.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^\\s,:/@\\[\\]]+))(?::(\\d{1,5}))?");

	private static final String JDK_SELECTOR = "sun.net.spi.DefaultProxySelector";

	public Endpoint {
		if (port < 1 || port > 65_535) {
			throw new IllegalArgumentException("it has no valid port");
		}
	}

	/**
	 * The endpoint of a URI of one server. Its host may be one that {@link URI#getHost()}
	 * does not know as such, since it has an underscore: client libraries connect to it
	 * all the same.
	 * @param uri a URI with a host
	 * @param defaultPort the port if the URI has none, or 0 if it must have one
	 * @return the endpoint
	 * @throws IllegalArgumentException if there is no host or no port; the message says
	 * so
	 */
	public static Endpoint of(URI uri, int defaultPort) {
		String authority = (uri.getRawAuthority() != null) ? uri.getRawAuthority() : "";
		return parse(authority.substring(authority.lastIndexOf('@') + 1), defaultPort);
	}

	/**
	 * Return the user info of a URI of one server, whatever its host is like.
	 * @param uri the URI
	 * @return what stands before the host, still escaped, or {@code null} if nothing does
	 */
	public static @Nullable String rawUserInfo(URI uri) {
		String authority = (uri.getRawAuthority() != null) ? uri.getRawAuthority() : "";
		int end = authority.lastIndexOf('@');
		return (end >= 0) ? authority.substring(0, end) : null;
	}

	/**
	 * Decode a part of a URI, in which a plus sign is no blank.
	 * @param text the part, as it stands there
	 * @return what it means
	 */
	public static String decode(String text) {
		return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

	/**
	 * Read a list such as {@code one:9092,two:9092}, as the targets of several protocols
	 * have it.
	 * @param text the list, without user info
	 * @param defaultPort the port of an entry that has none, or 0 if each must have one
	 * @return at least one endpoint
	 * @throws IllegalArgumentException if it is not such a list; the message says what is
	 * wrong
	 */
	public static List<Endpoint> listOf(String text, int defaultPort) {
		List<Endpoint> endpoints = new ArrayList<>();
		for (String entry : text.split(",", -1)) {
			endpoints.add(parse(entry, defaultPort));
		}
		return List.copyOf(endpoints);
	}

	private static Endpoint parse(String server, int defaultPort) {
		Matcher matcher = PATTERN.matcher(server);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("it has no valid host");
		}
		String host = (matcher.group(1) != null) ? matcher.group(1) : matcher.group(2);
		if (matcher.group(3) == null && defaultPort == 0) {
			throw new IllegalArgumentException("it has no port");
		}
		return new Endpoint(host, (matcher.group(3) != null) ? Integer.parseInt(matcher.group(3)) : defaultPort);
	}

	/**
	 * Return where clients of a server that honour the JVM's proxies connect to.
	 * @param scheme {@code http} or {@code https}, for which proxies are set up apart
	 * @return the proxy, or this if there is none
	 */
	public Endpoint orProxy(String scheme) {
		ProxySelector selector = ProxySelector.getDefault();
		if (selector == null || !mayHaveProxy(scheme)) {
			return this;
		}
		return selector.select(URI.create(scheme + "://" + this + "/"))
			.stream()
			.limit(1)
			.filter((proxy) -> proxy.type() == Proxy.Type.HTTP)
			.map((proxy) -> (InetSocketAddress) proxy.address())
			.map((address) -> new Endpoint(address.getHostString(), address.getPort()))
			.findFirst()
			.orElse(this);
	}

	/** Without any, to ask for them would cost as much as the connection itself. */
	static boolean mayHaveProxy(String scheme) {
		ProxySelector selector = ProxySelector.getDefault();
		return selector != null && (!selector.getClass().getName().equals(JDK_SELECTOR)
				|| System.getProperty(scheme + ".proxyHost") != null
				|| Boolean.getBoolean("java.net.useSystemProxies"));
	}

	/**
	 * Connect and close: what a probe does before it logs in, so that as long as nothing
	 * listens a try costs next to nothing. The name is looked up anew, and all its
	 * addresses are tried in turn.
	 * @param timeLimit the time that it may take
	 * @throws IOException if nothing accepted; of a kind that {@link ProbeResult} takes
	 * for an absence if no peer was involved
	 */
	public void tryConnect(Duration timeLimit) throws IOException {
		ProbeConnection.open(this.host, this.port, Deadline.after(timeLimit)).close();
	}

	/**
	 * Try to connect to several endpoints, one after the other, until one accepts.
	 * @param endpoints where to connect to, at least one
	 * @param timeLimit the time that all of it may take
	 * @throws IOException if none accepted: what the first one failed with that told more
	 * than that its time was over
	 */
	public static void tryConnectToAny(List<Endpoint> endpoints, Duration timeLimit) throws IOException {
		FirstSuccess.first(endpoints, Deadline.after(timeLimit), (endpoint, share) -> {
			endpoint.tryConnect(share);
			return endpoint;
		});
	}

	@Override
	public String toString() {
		return (this.host.contains(":") ? "[" + this.host + "]" : this.host) + ":" + this.port;
	}

}

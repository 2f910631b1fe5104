package io.podlifecycle.discovery;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.podlifecycle.dependency.Credentials;
import io.podlifecycle.dependency.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * RabbitMQ: {@code spring.rabbitmq}. As in Boot, the first address says who logs in
 * where, and whether with TLS. TLS with key stores of its own, or without checks, is not
 * repeated here: a connection has to do then.
 */
final class RabbitTechnology implements Technology {

	private static final String PREFIX = "spring.rabbitmq.";

	private static final Pattern ADDRESS = Pattern
		.compile("(?:(?<scheme>amqps?)://)?(?:(?<username>[^:@]*)(?::(?<password>.*))?@)?"
				+ "(?<server>[^/@]*)(?:/(?<virtualHost>.*))?");

	@Override
	public String name() {
		return "rabbitmq";
	}

	@Override
	public @Nullable DiscoveredDependency discover(ApplicationProperties properties) {
		List<String> addresses = properties.list(PREFIX + "addresses");
		boolean isSet = !addresses.isEmpty()
				|| Stream.of("host", "port").anyMatch((name) -> properties.text(PREFIX + name) != null);
		if (!isSet || !properties.isAnyPresent("com.rabbitmq.client.ConnectionFactory")) {
			return null;
		}
		return addresses.isEmpty() ? ofHost(properties) : ofAddresses(properties, addresses);
	}

	private DiscoveredDependency ofHost(ApplicationProperties properties) {
		String server = properties.text(PREFIX + "host", "localhost") + ":"
				+ properties.text(PREFIX + "port", String.valueOf(port(isEnabled(properties))));
		return dependency(properties, PREFIX + "host", ApplicationProperties.endpoints(PREFIX + "host", server, 0),
				null, isEnabled(properties) || properties.bundle(PREFIX + "ssl.bundle") != null)
			.with(properties.credentials(PREFIX + "username", PREFIX + "password"));
	}

	private DiscoveredDependency ofAddresses(ApplicationProperties properties, List<String> addresses) {
		String property = PREFIX + "addresses";
		List<Matcher> matchers = addresses.stream().map((address) -> matcher(property, address)).toList();
		List<Endpoint> servers = new ArrayList<>();
		for (Matcher matcher : matchers) {
			int port = port(isSecure(matcher, isEnabled(properties)));
			servers.addAll(ApplicationProperties.endpoints(property, matcher.group("server"), port));
		}
		Matcher first = matchers.get(0);
		boolean isEnabled = isEnabled(properties) || properties.bundle(PREFIX + "ssl.bundle") != null;
		return dependency(properties, property, servers, first.group("virtualHost"), isSecure(first, isEnabled))
			.with(credentials(properties, first));
	}

	private static Matcher matcher(String property, String address) {
		Matcher matcher = ADDRESS.matcher(address);
		if (!matcher.matches()) {
			throw new DiscoveryException(property, address, "it has an address that is none");
		}
		return matcher;
	}

	private static boolean isEnabled(ApplicationProperties properties) {
		return properties.flag(PREFIX + "ssl.enabled", false);
	}

	private static boolean isSecure(Matcher address, boolean isEnabled) {
		return (address.group("scheme") != null) ? address.group("scheme").equals("amqps") : isEnabled;
	}

	/** In Boot a bundle alone does not change the default port. */
	private static int port(boolean isEnabled) {
		return isEnabled ? 5671 : 5672;
	}

	private static Credentials credentials(ApplicationProperties properties, Matcher address) {
		Credentials common = properties.credentials(PREFIX + "username", PREFIX + "password");
		String username = address.group("username");
		String password = address.group("password");
		return new Credentials((username != null) ? username : common.username(),
				(password != null) ? password : common.password());
	}

	private DiscoveredDependency dependency(ApplicationProperties properties, String property, List<Endpoint> servers,
			@Nullable String ownVirtualHost, boolean secure) {
		if (secure && isTlsOfItsOwn(properties)) {
			return DiscoveredDependency.of(name(), property, ApplicationProperties.uris("tcp", servers));
		}
		String virtualHost = (ownVirtualHost != null) ? ownVirtualHost : properties.text(PREFIX + "virtual-host", "/");
		String path = (virtualHost.isEmpty() || virtualHost.equals("/")) ? "" : "/" + encode(virtualHost);
		List<String> uris = ApplicationProperties.uris(secure ? "amqps" : "amqp", servers);
		return DiscoveredDependency.of(name(), property, uris.stream().map((uri) -> uri + path).toList())
			.with(secure ? properties.bundle(PREFIX + "ssl.bundle") : null);
	}

	private static boolean isTlsOfItsOwn(ApplicationProperties properties) {
		boolean hasStore = Stream.of("key-store", "trust-store")
			.anyMatch((name) -> properties.text(PREFIX + "ssl." + name) != null);
		boolean isUnchecked = Stream.of("validate-server-certificate", "verify-hostname")
			.anyMatch((name) -> !properties.flag(PREFIX + "ssl." + name, true));
		return isUnchecked || (hasStore && properties.bundle(PREFIX + "ssl.bundle") == null);
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

}

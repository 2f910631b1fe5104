package io.podlifecycle.discovery;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.podlifecycle.dependency.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * MongoDB: {@code spring.mongodb}. An application with nothing but the reactive driver
 * has no probe that speaks the protocol.
 */
final class MongoTechnology implements Technology {

	private static final String PREFIX = "spring.mongodb.";

	private static final Pattern URI = Pattern.compile("(mongodb(?:\\+srv)?)://(?:[^/?]*@)?([^/?@]+)(/[^?]*)?(\\?.*)?");

	private static final int DEFAULT_PORT = 27017;

	@Override
	public String name() {
		return "mongodb";
	}

	@Override
	public @Nullable DiscoveredDependency discover(ApplicationProperties properties) {
		boolean sync = properties.isAnyPresent("com.mongodb.client.MongoClient");
		if (!sync && !properties.isAnyPresent("com.mongodb.reactivestreams.client.MongoClient")) {
			return null;
		}
		String own = properties.text(PREFIX + "uri");
		if (own == null && Stream.of("host", "port", "additional-hosts")
			.allMatch((name) -> properties.list(PREFIX + name).isEmpty())) {
			return null;
		}
		String property = PREFIX + ((own != null) ? "uri" : "host");
		String uri = (own != null) ? own : uri(properties);
		Matcher matcher = URI.matcher(uri);
		if (!matcher.matches()) {
			throw new DiscoveryException(property, uri, "it is no URI of MongoDB");
		}
		return sync ? withProtocol(properties, property, uri, matcher) : withoutProtocol(property, matcher);
	}

	private DiscoveredDependency withProtocol(ApplicationProperties properties, String property, String uri,
			Matcher parts) {
		DiscoveredDependency.Bundle bundle = properties.bundle(PREFIX + "ssl.bundle");
		if (!properties.flag(PREFIX + "ssl.enabled", bundle != null)) {
			return DiscoveredDependency.of(name(), property, List.of(uri));
		}
		if (bundle != null) {
			return DiscoveredDependency.of(name(), property, List.of(uri)).with(bundle);
		}
		String separator = (parts.group(4) != null) ? "&" : ((parts.group(3) != null) ? "?" : "/?");
		return DiscoveredDependency.of(name(), property, List.of(uri + separator + "tls=true"));
	}

	private @Nullable DiscoveredDependency withoutProtocol(String property, Matcher parts) {
		if (parts.group(1).endsWith("+srv")) {
			// Its servers stand in the name service, and only the driver asks it.
			return null;
		}
		return DiscoveredDependency.of(name(), property, ApplicationProperties.uris("tcp",
				ApplicationProperties.endpoints(property, parts.group(2), DEFAULT_PORT)));
	}

	/** As Boot puts it together, so that the driver logs in to the same database. */
	private static String uri(ApplicationProperties properties) {
		StringBuilder uri = new StringBuilder(properties.text(PREFIX + "protocol", "mongodb")).append("://");
		Credentials credentials = properties.credentials(PREFIX + "username", PREFIX + "password");
		if (credentials.username() != null) {
			String password = (credentials.password() != null) ? credentials.password() : "";
			uri.append(encode(credentials.username())).append(':').append(encode(password)).append('@');
		}
		uri.append(properties.text(PREFIX + "host", "localhost"));
		String port = properties.text(PREFIX + "port");
		if (port != null) {
			uri.append(':').append(port);
		}
		properties.list(PREFIX + "additional-hosts").forEach((host) -> uri.append(',').append(host));
		uri.append('/').append(properties.text(PREFIX + "database", "test"));
		List<String> options = new ArrayList<>();
		String replicaSet = properties.text(PREFIX + "replica-set-name");
		if (replicaSet != null) {
			options.add("replicaSet=" + replicaSet);
		}
		String authentication = properties.text(PREFIX + "authentication-database");
		if (credentials.username() != null && authentication != null) {
			options.add("authSource=" + authentication);
		}
		return options.isEmpty() ? uri.toString() : uri + "?" + String.join("&", options);
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

}

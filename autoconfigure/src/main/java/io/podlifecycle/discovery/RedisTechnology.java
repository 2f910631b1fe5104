package io.podlifecycle.discovery;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.podlifecycle.dependency.Credentials;
import io.podlifecycle.dependency.Endpoint;
import io.podlifecycle.dependency.Target;
import org.jspecify.annotations.Nullable;

/**
 * Redis: {@code spring.data.redis}. Of sentinels, or of the nodes of a cluster, one that
 * answers is enough. An application with Jedis has no probe that speaks the protocol.
 */
final class RedisTechnology implements Technology {

	private static final String PREFIX = "spring.data.redis.";

	private static final int DEFAULT_PORT = 6379;

	@Override
	public String name() {
		return "redis";
	}

	@Override
	public @Nullable DiscoveredDependency discover(ApplicationProperties properties) {
		boolean lettuce = properties.isAnyPresent("io.lettuce.core.RedisClient");
		if (!lettuce && !properties.isAnyPresent("redis.clients.jedis.Jedis")) {
			return null;
		}
		DiscoveredDependency.Bundle bundle = properties.bundle(PREFIX + "ssl.bundle");
		boolean secure = properties.flag(PREFIX + "ssl.enabled", bundle != null);
		DiscoveredDependency found = find(properties, secure ? "rediss" : "redis");
		if (found == null) {
			return null;
		}
		return lettuce ? found.with(secure ? bundle : null) : withoutProtocol(found);
	}

	private @Nullable DiscoveredDependency find(ApplicationProperties properties, String scheme) {
		if (!properties.list(PREFIX + "sentinel.nodes").isEmpty()) {
			return nodes(properties, PREFIX + "sentinel.nodes", scheme)
				.with(properties.credentials(PREFIX + "sentinel.username", PREFIX + "sentinel.password"));
		}
		Credentials credentials = properties.credentials(PREFIX + "username", PREFIX + "password");
		for (String kind : List.of("cluster.nodes", "masterreplica.nodes")) {
			if (!properties.list(PREFIX + kind).isEmpty()) {
				return nodes(properties, PREFIX + kind, scheme).with(credentials);
			}
		}
		String url = properties.text(PREFIX + "url");
		if (url != null) {
			return DiscoveredDependency.of(name(), PREFIX + "url", List.of(withScheme(url, scheme)));
		}
		if (Stream.of("host", "port").allMatch((name) -> properties.text(PREFIX + name) == null)) {
			return null;
		}
		String server = properties.text(PREFIX + "host", "localhost") + ":"
				+ properties.text(PREFIX + "port", String.valueOf(DEFAULT_PORT));
		return DiscoveredDependency
			.of(name(), PREFIX + "host",
					ApplicationProperties.uris(scheme, ApplicationProperties.endpoints(PREFIX + "host", server, 0)))
			.with(credentials);
	}

	private DiscoveredDependency nodes(ApplicationProperties properties, String property, String scheme) {
		String nodes = String.join(",", properties.list(property));
		return DiscoveredDependency.of(name(), property,
				ApplicationProperties.uris(scheme, ApplicationProperties.endpoints(property, nodes, 0)));
	}

	/** As Boot has it, TLS can also be asked for beside the URL. */
	private static String withScheme(String url, String scheme) {
		String lower = url.toLowerCase(Locale.ROOT);
		if (!lower.startsWith("redis://") && !lower.startsWith("rediss://")) {
			throw new DiscoveryException(PREFIX + "url", url, "its scheme is neither 'redis' nor 'rediss'");
		}
		return (scheme.equals("rediss") && lower.startsWith("redis:")) ? scheme + url.substring("redis".length()) : url;
	}

	private static DiscoveredDependency withoutProtocol(DiscoveredDependency found) {
		List<String> uris = found.uris().stream().map((uri) -> "tcp://" + endpoint(found.property(), uri)).toList();
		return DiscoveredDependency.of(found.name(), found.property(), uris);
	}

	private static Endpoint endpoint(String property, String uri) {
		try {
			return Endpoint.of(Target.of(uri).serverUri(), DEFAULT_PORT);
		}
		catch (IllegalArgumentException ex) {
			throw new DiscoveryException(property, uri, String.valueOf(ex.getMessage()));
		}
	}

}

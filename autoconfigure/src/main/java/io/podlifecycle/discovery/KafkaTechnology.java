package io.podlifecycle.discovery;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;

/**
 * Kafka: {@code spring.kafka}, as Boot's admin client has it.
 */
final class KafkaTechnology implements Technology {

	private static final String PREFIX = "spring.kafka.";

	private static final String SERVERS = PREFIX + "bootstrap-servers";

	private static final String PROTOCOL = "security.protocol";

	/** Kafka itself ignores the name of a listener before a server. */
	private static final Pattern LISTENER = Pattern.compile("^\\w+://");

	private static final Map<String, String> STORES = Map.of("key-password", "ssl.key.password",
			"key-store-certificate-chain", "ssl.keystore.certificate.chain", "key-store-key", "ssl.keystore.key",
			"key-store-password", "ssl.keystore.password", "key-store-type", "ssl.keystore.type",
			"trust-store-certificates", "ssl.truststore.certificates", "trust-store-password",
			"ssl.truststore.password", "trust-store-type", "ssl.truststore.type", "protocol", "ssl.protocol");

	private static final Map<String, String> LOCATIONS = Map.of("key-store-location", "ssl.keystore.location",
			"trust-store-location", "ssl.truststore.location");

	@Override
	public String name() {
		return "kafka";
	}

	@Override
	public @Nullable DiscoveredDependency discover(ApplicationProperties properties) {
		List<String> servers = properties.list(SERVERS)
			.stream()
			.map((server) -> LISTENER.matcher(server).replaceFirst(""))
			.toList();
		if (servers.isEmpty() || !properties.isAnyPresent("org.apache.kafka.clients.admin.Admin")) {
			return null;
		}
		if (properties.flag(PREFIX + "jaas.enabled", false)) {
			// The log-in is set up by a bean, and there is none yet.
			return DiscoveredDependency.of(name(), SERVERS, ApplicationProperties.uris("tcp",
					ApplicationProperties.endpoints(SERVERS, String.join(",", servers), 0)));
		}
		DiscoveredDependency.Bundle bundle = properties.bundle(PREFIX + "admin.ssl.bundle");
		bundle = (bundle != null) ? bundle : properties.bundle(PREFIX + "ssl.bundle");
		Map<String, String> options = options(properties, bundle != null);
		return DiscoveredDependency.of(name(), SERVERS, List.of("kafka://" + String.join(",", servers)))
			.with(options)
			.with(options.getOrDefault(PROTOCOL, "").endsWith("SSL") ? bundle : null);
	}

	private static Map<String, String> options(ApplicationProperties properties, boolean hasBundle) {
		Map<String, String> options = new LinkedHashMap<>();
		for (String prefix : List.of(PREFIX, PREFIX + "admin.")) {
			if (!hasBundle) {
				addStores(options, properties, prefix + "ssl.");
			}
			String protocol = properties.text(prefix + PROTOCOL);
			if (protocol != null) {
				options.put(PROTOCOL, protocol);
			}
			options.putAll(properties.map(prefix + "properties"));
		}
		return options;
	}

	private static void addStores(Map<String, String> options, ApplicationProperties properties, String prefix) {
		STORES.forEach((property, option) -> {
			String value = properties.text(prefix + property);
			if (value != null) {
				options.put(option, value);
			}
		});
		LOCATIONS.forEach((property, option) -> {
			Resource resource = properties.resource(prefix + property);
			if (resource != null) {
				options.put(option, path(prefix + property, resource));
			}
		});
	}

	private static String path(String property, Resource resource) {
		try {
			return resource.getFile().getAbsolutePath();
		}
		catch (IOException ex) {
			throw new DiscoveryException(property, resource.getDescription(), "it is not on a file system");
		}
	}

}

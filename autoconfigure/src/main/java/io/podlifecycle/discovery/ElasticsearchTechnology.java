package io.podlifecycle.discovery;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.podlifecycle.dependency.Credentials;
import io.podlifecycle.dependency.Endpoint;
import io.podlifecycle.dependency.Target;
import org.jspecify.annotations.Nullable;

/**
 * Elasticsearch: {@code spring.elasticsearch}. Its answer that somebody who is logged in
 * may not see the front page is one as well.
 */
final class ElasticsearchTechnology implements Technology {

	private static final String PREFIX = "spring.elasticsearch.";

	private static final String URIS = PREFIX + "uris";

	private static final String[] CLIENTS = { "co.elastic.clients.transport.rest5_client.low_level.Rest5Client",
			"org.elasticsearch.client.RestClient", "co.elastic.clients.elasticsearch.ElasticsearchClient" };

	@Override
	public String name() {
		return "elasticsearch";
	}

	@Override
	public @Nullable DiscoveredDependency discover(ApplicationProperties properties) {
		List<URI> servers = properties.list(URIS).stream().map(ElasticsearchTechnology::server).toList();
		if (servers.isEmpty() || !properties.isAnyPresent(CLIENTS)) {
			return null;
		}
		boolean secure = servers.stream().allMatch((server) -> server.getScheme().equals("https"));
		if (secure && !properties.flag(PREFIX + "restclient.ssl.verify-hostname", true)) {
			return DiscoveredDependency.of(name(), URIS, ApplicationProperties.uris("tcp",
					servers.stream().map((server) -> Endpoint.of(server, 443)).toList()));
		}
		return DiscoveredDependency.of(name(), URIS, uris(properties, servers))
			.with(credentials(properties, servers))
			.with(options(properties))
			.with(secure ? properties.bundle(PREFIX + "restclient.ssl.bundle") : null);
	}

	private static URI server(String uri) {
		String complete = uri.matches("https?://.*") ? uri : "http://" + uri;
		try {
			return Target.of(complete).serverUri();
		}
		catch (IllegalArgumentException ex) {
			throw new DiscoveryException(URIS, complete, String.valueOf(ex.getMessage()));
		}
	}

	/** Boot takes no path from the URIs, but has a prefix for all of them. */
	private static List<String> uris(ApplicationProperties properties, List<URI> servers) {
		String prefix = properties.text(PREFIX + "path-prefix", "").replaceAll("^/+|/+$", "");
		String path = prefix.isEmpty() ? "/" : "/" + prefix + "/";
		return servers.stream().map((server) -> server.getScheme() + "://" + server.getRawAuthority() + path).toList();
	}

	/** Those in a URI win. */
	private static Credentials credentials(ApplicationProperties properties, List<URI> servers) {
		return servers.stream().anyMatch((server) -> Endpoint.rawUserInfo(server) != null) ? Credentials.NONE
				: properties.credentials(PREFIX + "username", PREFIX + "password");
	}

	private static Map<String, String> options(ApplicationProperties properties) {
		Map<String, String> options = new LinkedHashMap<>();
		options.put("status", "200-299,403");
		String apiKey = properties.text(PREFIX + "api-key");
		if (apiKey != null) {
			options.put("headers.Authorization", "ApiKey " + apiKey);
		}
		return options;
	}

}

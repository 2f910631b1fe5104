package io.podlifecycle.discovery;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.podlifecycle.dependency.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * R2DBC: {@code spring.r2dbc}. No probe speaks it: the driver of JDBC logs in where there
 * is one for the same database, else a connection has to do. So it has where TLS is asked
 * for, since the two kinds of drivers do not set it up alike.
 */
final class R2dbcTechnology implements Technology {

	private static final String PREFIX = "spring.r2dbc.";

	private static final Pattern LOCAL = Pattern
		.compile("(?i)r2dbcs?:(?:(?:pool|proxy):)*(?:h2:(?!(?:tcp|ssl):).*|tc:.*)");

	private static final Pattern URL = Pattern
		.compile("r2dbc(?<tls>s?):(?:(?:pool|proxy):)*(?<driver>[a-z0-9]+)(?::[a-z0-9:]+)?://"
				+ "(?:(?<user>[^/?]*)@)?(?<servers>[^/?@]+)(?<path>/[^?]*)?(?:\\?(?<options>.*))?");

	private static final Map<String, Integer> PORTS = Map.of("postgresql", 5432, "postgres", 5432, "mysql", 3306,
			"mariadb", 3306, "mssql", 1433, "sqlserver", 1433, "oracle", 1521, "h2", 9092);

	private static final Map<String, String> JDBC = Map.of("postgresql", "jdbc:postgresql:", "postgres",
			"jdbc:postgresql:", "mysql", "jdbc:mysql:", "mariadb", "jdbc:mariadb:");

	@Override
	public String name() {
		return "r2dbc";
	}

	@Override
	public @Nullable DiscoveredDependency discover(ApplicationProperties properties) {
		String property = PREFIX + "url";
		String url = properties.text(property);
		if (url == null || LOCAL.matcher(url).matches() || !properties.isAnyPresent("io.r2dbc.spi.ConnectionFactory")) {
			return null;
		}
		Matcher matcher = URL.matcher(url);
		if (!matcher.matches()) {
			throw new DiscoveryException(property, url, "it is no R2DBC URL of a server");
		}
		String jdbcUrl = jdbcUrl(matcher);
		if (jdbcUrl != null && Jdbc.hasDriver(jdbcUrl)) {
			return DiscoveredDependency.of(name(), property, List.of(jdbcUrl)).with(credentials(matcher, properties));
		}
		int port = PORTS.getOrDefault(matcher.group("driver"), 0);
		return DiscoveredDependency.of(name(), property, ApplicationProperties.uris("tcp",
				ApplicationProperties.endpoints(property, matcher.group("servers"), port)));
	}

	private static @Nullable String jdbcUrl(Matcher url) {
		String prefix = JDBC.get(url.group("driver"));
		String options = (url.group("options") != null) ? url.group("options") : "";
		if (prefix == null || !url.group("tls").isEmpty() || options.toLowerCase(Locale.ROOT).contains("ssl")) {
			return null;
		}
		return prefix + "//" + url.group("servers") + ((url.group("path") != null) ? url.group("path") : "/");
	}

	/** Those in properties win over those in the URL. */
	private static Credentials credentials(Matcher url, ApplicationProperties properties) {
		Credentials own = properties.credentials(PREFIX + "username", PREFIX + "password");
		String[] user = (url.group("user") != null) ? url.group("user").split(":", 2) : new String[0];
		String username = (user.length > 0) ? decode(user[0]) : null;
		String password = (user.length > 1) ? decode(user[1]) : null;
		return new Credentials((own.username() != null) ? own.username() : username,
				(own.password() != null) ? own.password() : password);
	}

	private static String decode(String text) {
		return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

}

package io.podlifecycle.discovery;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.podlifecycle.dependency.Credentials;
import io.podlifecycle.probe.JdbcDrivers;
import org.jspecify.annotations.Nullable;

/**
 * What is common to the dependencies that JDBC reaches.
 */
final class Jdbc {

	/**
	 * Databases in the application itself or in a file, and containers that a test starts
	 * only while the context is refreshed.
	 */
	private static final Pattern LOCAL = Pattern
		.compile("(?i)jdbc:(h2:(?!(tcp|ssl):).*" + "|hsqldb:(?!(hsqls?|https?):).*|derby:(?!//).*|sqlite:.*|tc:.*)");

	private Jdbc() {
	}

	static @Nullable DiscoveredDependency dependency(String name, String property, ApplicationProperties properties,
			@Nullable String url, @Nullable String driverClassName, Credentials credentials) {
		if (url == null || LOCAL.matcher(url).matches() || !hasDriver(properties, url, driverClassName)) {
			return null;
		}
		DiscoveredDependency dependency = DiscoveredDependency.of(name, property, List.of(url)).with(credentials);
		return (driverClassName != null) ? dependency.with(Map.of("driver-class-name", driverClassName)) : dependency;
	}

	private static boolean hasDriver(ApplicationProperties properties, String url, @Nullable String driverClassName) {
		return (driverClassName != null) ? properties.isAnyPresent(driverClassName) : hasDriver(url);
	}

	static boolean hasDriver(String url) {
		return JdbcDrivers.find(url).isPresent();
	}

}

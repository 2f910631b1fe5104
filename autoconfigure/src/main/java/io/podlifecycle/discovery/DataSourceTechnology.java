package io.podlifecycle.discovery;

import org.jspecify.annotations.Nullable;

/**
 * The data source: {@code spring.datasource}.
 */
final class DataSourceTechnology implements Technology {

	static final String PREFIX = "spring.datasource.";

	@Override
	public String name() {
		return "datasource";
	}

	@Override
	public @Nullable DiscoveredDependency discover(ApplicationProperties properties) {
		if (properties.text(PREFIX + "jndi-name") != null) {
			return null;
		}
		return Jdbc.dependency(name(), PREFIX + "url", properties, properties.text(PREFIX + "url"),
				properties.text(PREFIX + "driver-class-name"),
				properties.credentials(PREFIX + "username", PREFIX + "password"));
	}

}

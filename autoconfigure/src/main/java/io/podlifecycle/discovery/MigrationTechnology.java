package io.podlifecycle.discovery;

import org.jspecify.annotations.Nullable;

/**
 * A migration with a database or a user of its own: {@code spring.flyway} and
 * {@code spring.liquibase}. One that uses the data source is nothing of its own.
 */
final class MigrationTechnology implements Technology {

	private final String name;

	private final String className;

	MigrationTechnology(String name, String className) {
		this.name = name;
		this.className = className;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public @Nullable DiscoveredDependency discover(ApplicationProperties properties) {
		String prefix = "spring." + this.name + ".";
		if (!properties.isAnyPresent(this.className) || !properties.flag(prefix + "enabled", true)) {
			return null;
		}
		String own = properties.text(prefix + "url");
		if (own == null && properties.text(prefix + "user") == null) {
			return null;
		}
		String source = (own != null) ? prefix : DataSourceTechnology.PREFIX;
		String driver = properties.text(prefix + "driver-class-name");
		return Jdbc.dependency(this.name, source + "url", properties, properties.text(source + "url"),
				(driver != null) ? driver : properties.text(source + "driver-class-name"),
				properties.credentials(prefix + "user", prefix + "password"));
	}

}

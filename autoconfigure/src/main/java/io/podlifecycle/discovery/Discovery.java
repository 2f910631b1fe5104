package io.podlifecycle.discovery;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Finds the dependencies of an application in the properties that it has for Spring Boot.
 * A dependency is found if its property is set (defaults do not count), and if the
 * application has a client for it.
 *
 * @since 0.1.0
 */
public final class Discovery {

	private static final List<Technology> TECHNOLOGIES = List.of(new DataSourceTechnology(),
			new MigrationTechnology("flyway", "org.flywaydb.core.Flyway"),
			new MigrationTechnology("liquibase", "liquibase.integration.spring.SpringLiquibase"), new R2dbcTechnology(),
			new RedisTechnology(), new KafkaTechnology(), new RabbitTechnology(), new MongoTechnology(),
			new ElasticsearchTechnology());

	private final ApplicationProperties properties;

	/**
	 * Create a discovery.
	 * @param environment has the properties
	 * @param classLoader where to look for clients, or {@code null} for the default
	 */
	public Discovery(Environment environment, @Nullable ClassLoader classLoader) {
		this.properties = new ApplicationProperties(environment, classLoader);
	}

	/**
	 * Return what can be found.
	 * @return the names, in the order in which they are looked for
	 */
	public static List<String> names() {
		return TECHNOLOGIES.stream().map(Technology::name).toList();
	}

	/**
	 * Look for dependencies. Nothing is resolved or connected.
	 * @param excluded names of those that are not looked for
	 * @return what was found
	 * @throws DiscoveryException if a property does not say where a dependency is
	 */
	public List<DiscoveredDependency> discover(Collection<String> excluded) {
		return TECHNOLOGIES.stream()
			.filter((technology) -> !excluded.contains(technology.name()))
			.map((technology) -> technology.discover(this.properties))
			.filter(Objects::nonNull)
			.toList();
	}

}

package io.podlifecycle.discovery;

import org.jspecify.annotations.Nullable;

/**
 * Something that Spring Boot configures with properties.
 */
interface Technology {

	/**
	 * Return the name of the dependency.
	 */
	String name();

	/**
	 * Look for the dependency.
	 * @param properties those of the application
	 * @return the dependency, or {@code null} if the application has none, or not one
	 * that could be away
	 * @throws DiscoveryException if it cannot be told where the dependency is
	 */
	@Nullable DiscoveredDependency discover(ApplicationProperties properties);

}

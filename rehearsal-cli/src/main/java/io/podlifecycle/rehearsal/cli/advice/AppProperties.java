package io.podlifecycle.rehearsal.cli.advice;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.support.SpringApplicationJsonEnvironmentPostProcessor;
import org.springframework.core.env.AbstractEnvironment;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The properties of an application as it runs in one container, read by Spring Boot
 * itself. Immutable.
 */
final class AppProperties {

	private static final String ADDITIONAL_LOCATION = "spring.config.additional-location";

	private final ConfigurableEnvironment environment = new AbstractEnvironment() {
	};

	private final Binder binder;

	private final ConfigurationPropertySource unknown;

	/**
	 * Create properties.
	 * @param files the files
	 * @param variables the environment of the container; {@code null} where a value comes
	 * from elsewhere
	 * @param system the system properties of the JVM
	 * @param arguments the arguments of the application
	 * @throws IllegalArgumentException if Spring Boot refuses them
	 */
	AppProperties(ConfigFiles files, Map<String, @Nullable String> variables, Map<String, String> system,
			List<String> arguments) {
		Map<String, Object> known = new HashMap<>();
		Map<String, Object> unknown = new HashMap<>();
		// The library reads both forms; Spring Boot reads maps in the second only.
		variables.forEach((name, value) -> ((value != null) ? known : unknown)
			.put(name.replaceFirst("^POD_(?=LIFECYCLE_STARTUP_DEPENDENCIES_)", "POD"), (value != null) ? value : ""));
		this.unknown = ConfigurationPropertySources.from(environment(unknown)).iterator().next();
		MutablePropertySources sources = this.environment.getPropertySources();
		sources.addLast(new SimpleCommandLinePropertySource(arguments.toArray(String[]::new)));
		sources.addLast(
				new MapPropertySource(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, Map.copyOf(system)));
		sources.addLast(environment(known));
		ConfigurationPropertySources.attach(this.environment);
		this.binder = Binder.get(this.environment);
		try {
			new SpringApplicationJsonEnvironmentPostProcessor().postProcessEnvironment(this.environment,
					new SpringApplication());
			String locations = String.join(",",
					Stream.of(files.given(), get(ADDITIONAL_LOCATION, ""))
						.filter((location) -> !location.isEmpty())
						.toList());
			sources.addFirst(new MapPropertySource("advice", Map.of(ADDITIONAL_LOCATION, locations,
					ConfigDataEnvironmentPostProcessor.ON_LOCATION_NOT_FOUND_PROPERTY, "ignore")));
			ConfigDataEnvironmentPostProcessor.applyTo(this.environment, files, new DefaultBootstrapContext());
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException("The configuration cannot be read: " + ex.getMessage(), ex);
		}
	}

	private static SystemEnvironmentPropertySource environment(Map<String, Object> variables) {
		return new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
				variables);
	}

	/**
	 * Return the locations from which configuration is read, besides the default ones.
	 */
	List<String> locations() {
		List<String> locations = new ArrayList<>();
		for (PropertySource<?> source : this.environment.getPropertySources()) {
			if (!ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)) {
				Binder binder = new Binder(ConfigurationPropertySources.from(source));
				Stream.of("spring.config.location", ADDITIONAL_LOCATION, "spring.config.import")
					.flatMap((name) -> binder.bind(name, Bindable.listOf(String.class)).orElse(List.of()).stream())
					.flatMap((location) -> Stream.of(location.split(";")))
					.forEach((location) -> locations.add(location.strip().replaceFirst("^optional:", "")));
			}
		}
		return locations.stream().filter((location) -> !location.isEmpty()).distinct().toList();
	}

	/**
	 * Return whether the value is known, be it the default.
	 */
	boolean isKnown(String name) {
		return this.unknown.getConfigurationProperty(ConfigurationPropertyName.of(name)) == null;
	}

	/**
	 * Return a value; empty also where it depends on one that is not known.
	 */
	Optional<String> find(String name) {
		String value = this.binder.bind(name, String.class).orElse("${");
		return value.contains("${") ? Optional.empty() : Optional.of(value);
	}

	String get(String name, String defaultValue) {
		return find(name).orElse(defaultValue);
	}

	boolean isOn(String name, boolean defaultValue) {
		return find(name).map(Boolean::parseBoolean).orElse(defaultValue);
	}

	List<String> list(String name) {
		return this.binder.bind(name, Bindable.listOf(String.class)).orElse(List.of());
	}

	/**
	 * Return whether there is a property below a prefix.
	 */
	boolean hasBelow(String prefix) {
		return this.binder.bind(prefix, Bindable.mapOf(String.class, Object.class)).isBound();
	}

	/**
	 * Return a duration, where a bare number is one of seconds.
	 * @throws IllegalArgumentException if the value is none
	 */
	Duration duration(String name, Duration defaultValue) {
		String value = find(name).orElse("");
		try {
			return value.isEmpty() ? defaultValue : DurationStyle.detectAndParse(value, ChronoUnit.SECONDS);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"The property " + name + " must be a duration such as 10s, but is '" + value + "'", ex);
		}
	}

}

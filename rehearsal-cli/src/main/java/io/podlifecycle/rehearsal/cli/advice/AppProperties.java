package io.podlifecycle.rehearsal.cli.advice;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The properties of an application as it runs in one container, bound as Spring Boot does
 * it. Immutable.
 */
final class AppProperties {

	private final Binder binder;

	private final ConfigurationPropertySource unknown;

	/**
	 * Create properties.
	 * @param files what the files say, those that win last
	 * @param variables the environment of the container, which wins over the files;
	 * {@code null} where a value comes from elsewhere
	 * @param arguments what the arguments of the container say, which win over both
	 */
	AppProperties(List<PropertySource<?>> files, Map<String, @Nullable String> variables,
			Map<String, String> arguments) {
		Map<String, Object> known = new HashMap<>();
		Map<String, Object> unknown = new HashMap<>();
		variables.forEach((name, value) -> ((value != null) ? known : unknown).put(name, (value != null) ? value : ""));
		this.unknown = ConfigurationPropertySources.from(environment(unknown)).iterator().next();
		List<PropertySource<?>> container = List.of(new MapPropertySource("arguments", Map.copyOf(arguments)),
				environment(known));
		Predicate<PropertySource<?>> always = (file) -> !file.containsProperty(PropertyFiles.ON_PROFILE);
		Binder withoutProfiles = binder(container, files.stream().filter(always).toList());
		List<String> active = new ArrayList<>(list(withoutProfiles, "spring.profiles.active"));
		if (active.isEmpty()) {
			active.add("default");
		}
		this.binder = binder(container,
				files.stream()
					.sorted((one, other) -> Boolean.compare(always.test(other), always.test(one)))
					.filter((file) -> always.test(file) || isFor(active, file))
					.toList());
	}

	private static SystemEnvironmentPropertySource environment(Map<String, Object> variables) {
		return new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
				variables);
	}

	private static Binder binder(List<PropertySource<?>> container, List<PropertySource<?>> files) {
		List<PropertySource<?>> sources = new ArrayList<>(files);
		Collections.reverse(sources);
		sources.addAll(0, container);
		return new Binder(ConfigurationPropertySources.from(sources), new PropertySourcesPlaceholdersResolver(sources));
	}

	private static boolean isFor(List<String> active, PropertySource<?> file) {
		String[] profiles = String.valueOf(file.getProperty(PropertyFiles.ON_PROFILE)).split("\\s*,\\s*");
		return Profiles.of(profiles).matches(active::contains);
	}

	private static List<String> list(Binder binder, String name) {
		return binder.bind(name, Bindable.listOf(String.class)).orElse(List.of());
	}

	/**
	 * Return whether the value is to be had here, be it the default.
	 */
	boolean isKnown(String name) {
		return this.unknown.getConfigurationProperty(ConfigurationPropertyName.of(name)) == null;
	}

	/**
	 * Return a value; empty also where it depends on one that is not to be had here.
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
		return list(this.binder, name);
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

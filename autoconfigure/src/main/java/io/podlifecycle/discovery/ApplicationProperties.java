package io.podlifecycle.discovery;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.podlifecycle.dependency.Credentials;
import io.podlifecycle.dependency.Endpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * What an application is made of: its properties, with placeholders resolved, and its
 * class path.
 */
final class ApplicationProperties {

	private final Binder binder;

	private final @Nullable ClassLoader classLoader;

	ApplicationProperties(Environment environment, @Nullable ClassLoader classLoader) {
		this.binder = Binder.get(environment);
		this.classLoader = classLoader;
	}

	/** Return a text, or {@code null} if it is not set, or to nothing. */
	@Nullable String text(String property) {
		String text = this.binder.bind(property, String.class).orElse("");
		return StringUtils.hasText(text) ? text.strip() : null;
	}

	String text(String property, String unset) {
		String text = text(property);
		return (text != null) ? text : unset;
	}

	List<String> list(String property) {
		return this.binder.bind(property, Bindable.listOf(String.class))
			.orElse(List.of())
			.stream()
			.map(String::strip)
			.filter((entry) -> !entry.isEmpty())
			.toList();
	}

	Map<String, String> map(String property) {
		return this.binder.bind(property, Bindable.mapOf(String.class, String.class)).orElse(Map.of());
	}

	boolean flag(String property, boolean unset) {
		return this.binder.bind(property, Boolean.class).orElse(unset);
	}

	@Nullable Resource resource(String property) {
		return this.binder.bind(property, Resource.class).orElse(null);
	}

	/** A password is taken as it stands, blanks included. */
	Credentials credentials(String usernameProperty, String passwordProperty) {
		String password = this.binder.bind(passwordProperty, String.class).orElse("");
		return new Credentials(text(usernameProperty), password.isEmpty() ? null : password);
	}

	DiscoveredDependency.@Nullable Bundle bundle(String property) {
		String name = text(property);
		return (name != null) ? new DiscoveredDependency.Bundle(property, name) : null;
	}

	/** Whether the application has one of these classes. */
	boolean isAnyPresent(String... classNames) {
		return Stream.of(classNames).anyMatch((className) -> ClassUtils.isPresent(className, this.classLoader));
	}

	/**
	 * Return the servers of a list such as {@code one:9092,two:9092}.
	 * @param property has the list
	 * @param list the list
	 * @param defaultPort the port of an entry that has none, or 0 if each must have one
	 */
	static List<Endpoint> endpoints(String property, String list, int defaultPort) {
		try {
			return Endpoint.listOf(list, defaultPort);
		}
		catch (IllegalArgumentException ex) {
			throw new DiscoveryException(property, list, String.valueOf(ex.getMessage()));
		}
	}

	static List<String> uris(String scheme, List<Endpoint> endpoints) {
		return endpoints.stream().map((endpoint) -> scheme + "://" + endpoint).toList();
	}

}

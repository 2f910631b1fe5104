package io.podlifecycle.boot.startup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.podlifecycle.boot.DependencyProperties;
import io.podlifecycle.boot.InvalidPropertyException;
import io.podlifecycle.boot.StartupProperties;
import io.podlifecycle.discovery.DiscoveredDependency;
import io.podlifecycle.discovery.Discovery;
import io.podlifecycle.discovery.DiscoveryException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The dependencies that the user has listed and those that are discovered. One that is
 * listed without a URI, under the name of one that can be discovered, tunes that.
 */
final class DependencyEntries {

	private final StartupProperties properties;

	private final Environment environment;

	private final @Nullable ClassLoader classLoader;

	private DependencyEntries(StartupProperties properties, Environment environment,
			@Nullable ClassLoader classLoader) {
		this.properties = properties;
		this.environment = environment;
		this.classLoader = classLoader;
	}

	static List<DependencyEntry> of(StartupProperties properties, Environment environment,
			@Nullable ClassLoader classLoader) {
		return new DependencyEntries(properties, environment, classLoader).entries();
	}

	private List<DependencyEntry> entries() {
		List<DependencyEntry> entries = new ArrayList<>();
		this.properties.getDependencies().forEach((name, dependency) -> {
			if (!isTuning(name, dependency)) {
				entries.add(DependencyEntry.listed(name, dependency));
			}
		});
		if (this.properties.isDiscover()) {
			discover().stream()
				.map((found) -> DependencyEntry.discovered(found, tuned(found), credentialsProperty(found)))
				.forEach(entries::add);
		}
		return entries;
	}

	/** With nothing to tune it is none the less: an embedded database takes no wait. */
	private boolean isTuning(String name, DependencyProperties dependency) {
		return this.properties.isDiscover() && dependency.getUri() == null && Discovery.names().contains(name);
	}

	private List<DiscoveredDependency> discover() {
		try {
			return new Discovery(this.environment, this.classLoader).discover(excluded());
		}
		catch (DiscoveryException ex) {
			throw new InvalidPropertyException(ex.property(), ex.value(), String.valueOf(ex.getMessage()),
					"Fix it, or leave its dependency out with 'pod-lifecycle.startup.discover-exclude'.");
		}
	}

	/** What is listed with a URI of its own is not looked for either. */
	private Set<String> excluded() {
		Set<String> excluded = new HashSet<>(this.properties.getDiscoverExclude());
		excluded.stream().filter((name) -> !Discovery.names().contains(name)).findFirst().ifPresent((name) -> {
			throw new InvalidPropertyException("pod-lifecycle.startup.discover-exclude", name,
					"nothing is discovered under this name",
					"Set it to some of " + String.join(", ", Discovery.names()) + ".");
		});
		for (Map.Entry<String, DependencyProperties> entry : this.properties.getDependencies().entrySet()) {
			if (entry.getValue().getUri() != null) {
				excluded.add(entry.getKey());
			}
		}
		return excluded;
	}

	/**
	 * The nearest password to what was found, or the address itself, which may hold it.
	 */
	private String credentialsProperty(DiscoveredDependency found) {
		String prefix = found.property();
		while (prefix.indexOf('.') > 0) {
			prefix = prefix.substring(0, prefix.lastIndexOf('.'));
			if (this.environment.containsProperty(prefix + ".password")) {
				return prefix + ".password";
			}
		}
		return found.property();
	}

	private DependencyProperties tuned(DiscoveredDependency found) {
		DependencyProperties dependency = new DependencyProperties();
		dependency.setUsername(found.credentials().username());
		dependency.setPassword(found.credentials().password());
		if (found.bundle() != null) {
			dependency.setSslBundle(found.bundle().name());
		}
		dependency.getOptions().putAll(found.options());
		return Binder.get(this.environment)
			.bind(DependencyEntry.property(found.name()), Bindable.ofInstance(dependency))
			.orElse(dependency);
	}

}

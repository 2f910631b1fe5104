package io.podlifecycle.boot.startup;

import java.util.List;
import java.util.Objects;

import io.podlifecycle.boot.DependencyProperties;
import io.podlifecycle.discovery.DiscoveredDependency;
import org.jspecify.annotations.Nullable;

/**
 * A dependency to be, listed by the user or discovered.
 *
 * @param name its name
 * @param uris where it is, with secrets; of several one is enough
 * @param uriProperty the property that says where it is
 * @param sslBundleProperty the property that names its SSL bundle
 * @param credentialsProperty the property that says who logs in
 * @param fix what to do if it cannot be used
 * @param properties everything else
 */
record DependencyEntry(String name, List<String> uris, String uriProperty, String sslBundleProperty,
		String credentialsProperty, String fix, DependencyProperties properties) {

	static DependencyEntry listed(String name, DependencyProperties properties) {
		String property = property(name);
		String uri = (properties.getUri() != null) ? properties.getUri() : "";
		return new DependencyEntry(name, List.of(uri), property, property + ".ssl-bundle",
				credentialsProperty(property, properties, property),
				"Set it to a URI with a known scheme and a host, such as http://fortune/ or tcp://db:5432.",
				properties);
	}

	/**
	 * A dependency that was discovered.
	 * @param found what was found
	 * @param properties everything else
	 * @param credentialsProperty the application's own property that says who logs in
	 */
	static DependencyEntry discovered(DiscoveredDependency found, DependencyProperties properties,
			String credentialsProperty) {
		boolean tuned = !Objects.equals(properties.getPassword(), found.credentials().password());
		return new DependencyEntry(found.name(), found.uris(), found.property(), sslBundleProperty(found, properties),
				tuned ? credentialsProperty(property(found.name()), properties, credentialsProperty)
						: credentialsProperty,
				fixDiscovered(found.name()), properties);
	}

	private static String credentialsProperty(String property, DependencyProperties properties, String unset) {
		if (properties.getPassword() != null) {
			return property + ".password";
		}
		return properties.getHeaders().isEmpty() ? unset : property + ".headers";
	}

	private static String sslBundleProperty(DiscoveredDependency found, DependencyProperties properties) {
		DiscoveredDependency.@Nullable Bundle bundle = found.bundle();
		return (bundle != null && bundle.name().equals(properties.getSslBundle())) ? bundle.property()
				: property(found.name()) + ".ssl-bundle";
	}

	static String fixDiscovered(String name) {
		return "Fix it, or leave it out with 'pod-lifecycle.startup.discover-exclude=" + name + "'.";
	}

	static String property(String name) {
		return "pod-lifecycle.startup.dependencies." + name;
	}

	/** Return the property under which the user sets the rest. */
	String property() {
		return property(this.name);
	}

}

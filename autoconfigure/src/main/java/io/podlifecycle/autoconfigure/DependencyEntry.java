package io.podlifecycle.autoconfigure;

import java.util.List;

import io.podlifecycle.discovery.DiscoveredDependency;
import org.jspecify.annotations.Nullable;

/**
 * A dependency to be, listed by the user or discovered.
 *
 * @param name its name
 * @param uris where it is, with secrets; of several one is enough
 * @param uriProperty the property that says where it is
 * @param sslBundleProperty the property that names its SSL bundle
 * @param mend what to do if it cannot be used
 * @param properties everything else
 */
record DependencyEntry(String name, List<String> uris, String uriProperty, String sslBundleProperty, String mend,
		DependencyProperties properties) {

	static DependencyEntry listed(String name, DependencyProperties properties) {
		String property = property(name);
		String uri = (properties.getUri() != null) ? properties.getUri() : "";
		return new DependencyEntry(name, List.of(uri), property, property + ".ssl-bundle",
				"Set it to a URI with a known scheme and a host, such as http://fortune/ or tcp://db:5432.",
				properties);
	}

	static DependencyEntry discovered(DiscoveredDependency found, DependencyProperties properties) {
		return new DependencyEntry(found.name(), found.uris(), found.property(), sslBundleProperty(found, properties),
				mendDiscovered(found.name()), properties);
	}

	private static String sslBundleProperty(DiscoveredDependency found, DependencyProperties properties) {
		DiscoveredDependency.@Nullable Bundle bundle = found.bundle();
		return (bundle != null && bundle.name().equals(properties.getSslBundle())) ? bundle.property()
				: property(found.name()) + ".ssl-bundle";
	}

	static String mendDiscovered(String name) {
		return "Mend it, or leave it out with 'pod-lifecycle.startup.discover-exclude=" + name + "'.";
	}

	static String property(String name) {
		return "pod-lifecycle.startup.dependencies." + name;
	}

	/** Return the property under which the user sets the rest. */
	String property() {
		return property(this.name);
	}

}

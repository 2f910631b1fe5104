package io.podlifecycle.discovery;

import java.util.List;
import java.util.Map;

import io.podlifecycle.dependency.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * What the properties of an application tell about one of its dependencies. Its
 * {@link #toString()} holds no secret. Immutable.
 *
 * @param name its fixed name
 * @param property the property that says where it is
 * @param uris where it is, <strong>with</strong> secrets; of several one is enough
 * @param credentials who to log in as, beside what the URIs say
 * @param bundle the SSL bundle for it, or {@code null} if there is none
 * @param options what else its probe knows, by name
 * @since 0.1.0
 */
public record DiscoveredDependency(String name, String property, List<String> uris, Credentials credentials,
		@Nullable Bundle bundle, Map<String, String> options) {

	public DiscoveredDependency {
		uris = List.copyOf(uris);
		options = Map.copyOf(options);
	}

	static DiscoveredDependency of(String name, String property, List<String> uris) {
		return new DiscoveredDependency(name, property, uris, Credentials.NONE, null, Map.of());
	}

	DiscoveredDependency with(Credentials credentials) {
		return new DiscoveredDependency(this.name, this.property, this.uris, credentials, this.bundle, this.options);
	}

	DiscoveredDependency with(@Nullable Bundle bundle) {
		return new DiscoveredDependency(this.name, this.property, this.uris, this.credentials, bundle, this.options);
	}

	DiscoveredDependency with(Map<String, String> options) {
		return new DiscoveredDependency(this.name, this.property, this.uris, this.credentials, this.bundle, options);
	}

	@Override
	public String toString() {
		return this.name + " of '" + this.property + "'";
	}

	/**
	 * An SSL bundle by its name.
	 *
	 * @param property the property that names it
	 * @param name the name
	 */
	public record Bundle(String property, String name) {
	}

}

package io.podlifecycle.boot.startup;

import java.util.LinkedHashMap;
import java.util.Map;

import io.podlifecycle.boot.DependencyProperties;
import io.podlifecycle.dependency.Credentials;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.Target;
import org.jspecify.annotations.Nullable;

/**
 * Makes what a probe is made of out of the properties of a dependency.
 */
final class ProbeRequestMapper {

	private final TlsBundles tlsBundles;

	ProbeRequestMapper(TlsBundles tlsBundles) {
		this.tlsBundles = tlsBundles;
	}

	ProbeRequest request(String sslBundleProperty, Target target, DependencyProperties dependency) {
		Map<String, String> options = new LinkedHashMap<>(dependency.getOptions());
		put(options, "driver-class-name", dependency.getDriverClassName());
		put(options, "method", dependency.getMethod());
		put(options, "status", dependency.getStatus());
		put(options, "body", dependency.getBody());
		put(options, "follow-redirects", dependency.getFollowRedirects());
		dependency.getHeaders().forEach((name, value) -> options.put("headers." + name, value));
		ProbeRequest request = ProbeRequest.of(target)
			.withCredentials(new Credentials(dependency.getUsername(), dependency.getPassword()))
			.withOptions(options);
		String sslBundle = dependency.getSslBundle();
		return (sslBundle != null) ? request.withTls(this.tlsBundles.settings(sslBundleProperty, sslBundle)) : request;
	}

	private static void put(Map<String, String> options, String name, @Nullable Object value) {
		if (value != null) {
			options.put(name, value.toString());
		}
	}

}

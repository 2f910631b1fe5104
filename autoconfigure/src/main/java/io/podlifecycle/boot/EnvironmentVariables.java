package io.podlifecycle.boot;

import java.util.Collection;
import java.util.List;

/**
 * The environment variables that are meant for the library. Kubernetes adds variables of
 * its own for each Service, its service links, which begin like ours where a Service is
 * called {@code pod-lifecycle}.
 */
final class EnvironmentVariables {

	/** With a dash as Boot's relaxed binding has it, and as it once had it. */
	private static final String PREFIXES = "(?i)POD_?LIFECYCLE_.+";

	private static final String HOST_OF_LINK = "_SERVICE_HOST";

	private EnvironmentVariables() {
	}

	/** Select those that are meant for the library. */
	static List<String> select(Collection<String> names) {
		List<String> ours = names.stream().filter((name) -> name.matches(PREFIXES)).toList();
		List<String> services = ours.stream()
			.filter((name) -> name.endsWith(HOST_OF_LINK))
			.map((name) -> name.substring(0, name.length() - HOST_OF_LINK.length()))
			.toList();
		return ours.stream()
			.filter((name) -> services.stream().noneMatch((service) -> isLink(name, service)))
			.sorted()
			.toList();
	}

	private static boolean isLink(String name, String service) {
		return name.startsWith(service)
				&& name.substring(service.length()).matches("_SERVICE_(HOST|PORT.*)|_PORT(_\\d+_.*)?");
	}

}

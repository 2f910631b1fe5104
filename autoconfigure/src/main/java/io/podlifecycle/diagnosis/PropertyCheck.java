package io.podlifecycle.diagnosis;

import java.util.Optional;

import org.springframework.core.env.Environment;

/**
 * Finds a property of Spring Boot that stands in the way of an orderly end.
 *
 * @since 0.1.0
 */
final class PropertyCheck implements Check {

	private final Environment environment;

	private final String property;

	private final String value;

	private final Finding finding;

	/**
	 * Create a check.
	 * @param environment where properties are
	 * @param property the property
	 * @param value the value that stands in the way, whatever its case
	 * @param finding what to tell of it
	 */
	public PropertyCheck(Environment environment, String property, String value, Finding finding) {
		this.environment = environment;
		this.property = property;
		this.value = value;
		this.finding = finding;
	}

	/**
	 * Requests that arrive while the web server stops are cut off.
	 * @param environment where properties are
	 * @return the check
	 */
	public static Check immediateServerShutdown(Environment environment) {
		return new PropertyCheck(environment, "server.shutdown", "immediate",
				new Finding("'server.shutdown' is 'immediate': what arrives at the very end is cut off",
						"Remove the property; 'graceful' is the default, and finds nothing left to wait for"));
	}

	/**
	 * Without its probes Kubernetes takes the application for ready when it has started.
	 * @param environment where properties are
	 * @return the check
	 */
	public static Check probesOff(Environment environment) {
		String property = "management.endpoint.health.probes.enabled";
		return new PropertyCheck(environment, property, "false",
				new Finding("'" + property + "' is 'false': Kubernetes cannot ask for readiness and liveness",
						"Remove the property, and point the pod's probes at /actuator/health/readiness and "
								+ "/actuator/health/liveness"));
	}

	@Override
	public Optional<Finding> look() {
		return this.value.equalsIgnoreCase(this.environment.getProperty(this.property)) ? Optional.of(this.finding)
				: Optional.empty();
	}

}

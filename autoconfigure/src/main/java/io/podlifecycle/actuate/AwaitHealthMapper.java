package io.podlifecycle.actuate;

import java.time.Duration;
import java.util.List;

import io.podlifecycle.boot.Backoffs;
import io.podlifecycle.boot.Durations;
import io.podlifecycle.boot.InvalidPropertyException;
import io.podlifecycle.boot.StartupProperties;
import io.podlifecycle.dependency.Backoff;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.Probes;
import io.podlifecycle.dependency.Target;

/**
 * Makes dependencies out of the names of the health contributors to wait for.
 */
final class AwaitHealthMapper {

	static final String PROPERTY = "pod-lifecycle.startup.await-health";

	private final StartupProperties properties;

	private final Probes probes;

	AwaitHealthMapper(StartupProperties properties, HealthProbeFactory probes) {
		this.properties = properties;
		this.probes = new Probes(List.of(probes));
	}

	List<Dependency> dependencies() {
		Duration probeTimeout = Durations.positive("pod-lifecycle.startup.probe-timeout",
				this.properties.getProbeTimeout());
		StartupProperties.Backoff common = this.properties.getBackoff();
		Backoff backoff = Backoffs.of("pod-lifecycle.startup.backoff", common.getDelay(), common.getMultiplier(),
				common.getMaxDelay(), common.getJitter());
		return this.properties.getAwaitHealth()
			.stream()
			.distinct()
			.map((name) -> dependency(name, probeTimeout, backoff))
			.toList();
	}

	private Dependency dependency(String name, Duration probeTimeout, Backoff backoff) {
		Target target = Target.of(HealthProbeFactory.SCHEME + ":" + name);
		try {
			return new Dependency(name, target, this.probes.create(ProbeRequest.of(target)), true,
					Dependency.NO_TIMEOUT, probeTimeout, backoff);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidPropertyException(PROPERTY, name, String.valueOf(ex.getMessage()),
					"Set it to names that /actuator/health shows, such as db,redis; a member of a composite "
							+ "contributor is written as name/member.");
		}
	}

	static InvalidPropertyException withoutHealth(StartupProperties properties) {
		return new InvalidPropertyException(PROPERTY, String.join(",", properties.getAwaitHealth()),
				"Spring Boot's health contributors are not on the class path",
				"Add org.springframework.boot:spring-boot-starter-actuator to the dependencies of the application, "
						+ "or use 'pod-lifecycle.startup.dependencies'.");
	}

}

package io.podlifecycle.boot.startup;

import java.time.Duration;

import io.podlifecycle.boot.Backoffs;
import io.podlifecycle.boot.DependencyProperties;
import io.podlifecycle.boot.Durations;
import io.podlifecycle.boot.InvalidPropertyException;
import io.podlifecycle.boot.Numbers;
import io.podlifecycle.boot.StartupProperties;
import io.podlifecycle.dependency.Backoff;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.MissingLibraryException;
import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.Probes;
import io.podlifecycle.dependency.Secrets;
import io.podlifecycle.dependency.Target;
import io.podlifecycle.dependency.WatchedDependency;
import org.jspecify.annotations.Nullable;

/**
 * Makes an immutable, validated dependency out of the properties of one.
 */
final class DependencyMapper {

	private final StartupProperties properties;

	private final Probes probes;

	private final ProbeRequestMapper requests;

	DependencyMapper(StartupProperties properties, Probes probes, TlsBundles tlsBundles) {
		this.properties = properties;
		this.probes = probes;
		this.requests = new ProbeRequestMapper(tlsBundles);
	}

	WatchedDependency watched(DependencyEntry entry) {
		DependencyProperties.Watch watch = entry.properties().getWatch();
		String property = entry.property() + ".watch.";
		return new WatchedDependency(dependency(entry), entry.properties().getGate(),
				Durations.positive(property + "period", watch.getPeriod()),
				Numbers.positive(property + "failures", watch.getFailures()),
				Numbers.positive(property + "successes", watch.getSuccesses()));
	}

	Dependency dependency(DependencyEntry entry) {
		String property = entry.property();
		DependencyProperties dependency = entry.properties();
		Target target = target(entry, String.join(",", entry.uris()));
		Probe probe = probe(entry, target);
		return new Dependency(entry.name(), target, probe, dependency.isRequired(),
				duration(property + ".timeout", dependency.getTimeout(), this.properties.getTimeout()),
				duration(property + ".probe-timeout", dependency.getProbeTimeout(), this.properties.getProbeTimeout()),
				backoff(property + ".backoff", dependency.getBackoff()));
	}

	private static Target target(DependencyEntry entry, String uri) {
		if (uri.isBlank()) {
			throw new InvalidPropertyException(entry.uriProperty(), "", "it has no URI",
					"Set it to a URI such as http://fortune/ or tcp://db:5432, or set its 'uri'.");
		}
		try {
			return Target.of(uri);
		}
		catch (IllegalArgumentException ex) {
			throw invalidUri(entry, uri, ex);
		}
	}

	private Probe probe(DependencyEntry entry, Target target) {
		try {
			return namingCredentials(entry, this.probes.createAny(entry.uris()
				.stream()
				.map((uri) -> this.requests.request(entry.sslBundleProperty(), target(entry, uri), entry.properties()))
				.toList()));
		}
		catch (MissingLibraryException ex) {
			throw new InvalidPropertyException(entry.uriProperty(), target, String.valueOf(ex.getMessage()),
					"Add " + ex.library() + " to the dependencies of the application, or use a tcp: URI.");
		}
		catch (IllegalArgumentException ex) {
			throw invalidUri(entry, target, ex);
		}
	}

	private static Probe namingCredentials(DependencyEntry entry, Probe probe) {
		return (timeLimit) -> {
			ProbeResult result = probe.check(timeLimit);
			return (result.status() != ProbeResult.Status.REFUSED) ? result : ProbeResult
				.refused(result.detail() + "; the credentials are those of '" + entry.credentialsProperty() + "'");
		};
	}

	private static InvalidPropertyException invalidUri(DependencyEntry entry, Object uri,
			IllegalArgumentException reason) {
		return new InvalidPropertyException(entry.uriProperty(), uri,
				Secrets.redact(String.valueOf(reason.getMessage())), entry.fix());
	}

	private static Duration duration(String property, @Nullable Duration own, Duration common) {
		return (own != null) ? Durations.positive(property, own) : common;
	}

	private Backoff backoff(String property, DependencyProperties.Backoff own) {
		StartupProperties.Backoff common = this.properties.getBackoff();
		return Backoffs.of(property, orElse(own.getDelay(), common.getDelay()),
				orElse(own.getMultiplier(), common.getMultiplier()), orElse(own.getMaxDelay(), common.getMaxDelay()),
				orElse(own.getJitter(), common.getJitter()));
	}

	private static <T> T orElse(@Nullable T own, T common) {
		return (own != null) ? own : common;
	}

}

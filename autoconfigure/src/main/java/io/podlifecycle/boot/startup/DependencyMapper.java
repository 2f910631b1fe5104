package io.podlifecycle.boot.startup;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.podlifecycle.boot.Backoffs;
import io.podlifecycle.boot.DependencyProperties;
import io.podlifecycle.boot.Durations;
import io.podlifecycle.boot.InvalidPropertyException;
import io.podlifecycle.boot.Numbers;
import io.podlifecycle.boot.StartupProperties;
import io.podlifecycle.dependency.Backoff;
import io.podlifecycle.dependency.Credentials;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.MissingLibraryException;
import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.Probes;
import io.podlifecycle.dependency.Target;
import io.podlifecycle.dependency.WatchedDependency;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Makes an immutable, validated dependency out of the properties of one.
 */
final class DependencyMapper {

	private static final String DATA_SOURCE = "spring.datasource.";

	private final StartupProperties properties;

	private final Probes probes;

	private final Environment environment;

	private final TlsBundles tlsBundles;

	DependencyMapper(StartupProperties properties, Probes probes, ConfigurableApplicationContext context) {
		this.properties = properties;
		this.probes = probes;
		this.environment = context.getEnvironment();
		this.tlsBundles = new TlsBundles(context);
	}

	private static String property(String name) {
		return "pod-lifecycle.startup.dependencies." + name;
	}

	WatchedDependency watched(String name, DependencyProperties dependency) {
		DependencyProperties.Watch watch = dependency.getWatch();
		String property = property(name) + ".watch.";
		return new WatchedDependency(dependency(name, dependency), dependency.getGate(),
				Durations.positive(property + "period", watch.getPeriod()),
				Numbers.positive(property + "failures", watch.getFailures()),
				Numbers.positive(property + "successes", watch.getSuccesses()));
	}

	Dependency dependency(String name, DependencyProperties dependency) {
		String property = property(name);
		Target target = target(property, dependency.getUri());
		return new Dependency(name, target, probe(property, target, dependency), dependency.isRequired(),
				duration(property + ".timeout", dependency.getTimeout(), this.properties.getTimeout()),
				duration(property + ".probe-timeout", dependency.getProbeTimeout(), this.properties.getProbeTimeout()),
				backoff(property + ".backoff", dependency.getBackoff()));
	}

	private static Target target(String property, @Nullable String uri) {
		if (uri == null || uri.isBlank()) {
			throw new InvalidPropertyException(property, "", "it has no URI",
					"Set it to a URI such as http://fortune/ or tcp://db:5432, or set its 'uri'.");
		}
		try {
			return Target.of(uri);
		}
		catch (IllegalArgumentException ex) {
			throw invalidUri(property, uri, ex);
		}
	}

	private Probe probe(String property, Target target, DependencyProperties dependency) {
		boolean dataSource = isDataSource(target, dependency);
		ProbeRequest request = ProbeRequest.of(target)
			.withCredentials(dataSource
					? new Credentials(this.environment.getProperty(DATA_SOURCE + "username"),
							this.environment.getProperty(DATA_SOURCE + "password"))
					: new Credentials(dependency.getUsername(), dependency.getPassword()))
			.withOptions(options(dependency));
		if (dependency.getSslBundle() != null) {
			request = request.withTls(this.tlsBundles.settings(property + ".ssl-bundle", dependency.getSslBundle()));
		}
		try {
			return namingCredentials(dataSource ? DATA_SOURCE + "password" : credentialsProperty(property, dependency),
					this.probes.create(request));
		}
		catch (MissingLibraryException ex) {
			throw new InvalidPropertyException(property, target, String.valueOf(ex.getMessage()),
					"Add " + ex.library() + " to the dependencies of the application, or use a tcp: URI.");
		}
		catch (IllegalArgumentException ex) {
			throw invalidUri(property, target, ex);
		}
	}

	/** Whoever writes ${spring.datasource.url} means the same user, too. */
	private boolean isDataSource(Target target, DependencyProperties dependency) {
		return target.scheme().equals("jdbc") && dependency.getUsername() == null && dependency.getPassword() == null
				&& target.text().equals(this.environment.getProperty(DATA_SOURCE + "url", "").strip());
	}

	private static Map<String, String> options(DependencyProperties dependency) {
		Map<String, String> options = new LinkedHashMap<>(dependency.getOptions());
		put(options, "driver-class-name", dependency.getDriverClassName());
		put(options, "method", dependency.getMethod());
		put(options, "status", dependency.getStatus());
		put(options, "body", dependency.getBody());
		put(options, "follow-redirects", dependency.getFollowRedirects());
		dependency.getHeaders().forEach((name, value) -> options.put("headers." + name, value));
		return options;
	}

	private static void put(Map<String, String> options, String name, @Nullable Object value) {
		if (value != null) {
			options.put(name, value.toString());
		}
	}

	private static String credentialsProperty(String property, DependencyProperties dependency) {
		if (dependency.getPassword() != null) {
			return property + ".password";
		}
		return dependency.getHeaders().isEmpty() ? property : property + ".headers";
	}

	private static Probe namingCredentials(String property, Probe probe) {
		return (timeLimit) -> {
			ProbeResult result = probe.check(timeLimit);
			return (result.status() != ProbeResult.Status.REFUSED) ? result
					: ProbeResult.refused(result.detail() + "; the credentials are those of '" + property + "'");
		};
	}

	private static InvalidPropertyException invalidUri(String property, Object uri, IllegalArgumentException reason) {
		return new InvalidPropertyException(property, uri, String.valueOf(reason.getMessage()),
				"Set it to a URI with a known scheme and a host, such as http://fortune/ or tcp://db:5432.");
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

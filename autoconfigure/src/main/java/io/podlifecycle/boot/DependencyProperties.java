package io.podlifecycle.boot;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

import io.podlifecycle.Internal;
import io.podlifecycle.dependency.Gate;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationUnit;

/**
 * Properties of one dependency.
 *
 * @since 0.1.0
 */
@Internal
public class DependencyProperties {

	/**
	 * URI of the dependency, whose scheme selects the probe.
	 */
	private @Nullable String uri;

	/**
	 * Whether the application has to wait for the dependency. Otherwise, it is only tried
	 * and reported.
	 */
	private boolean required = true;

	/**
	 * Maximum time to wait for the dependency. By default, that of all dependencies. If a
	 * duration suffix is not specified, seconds will be used.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private @Nullable Duration timeout;

	/**
	 * Maximum time of one attempt. By default, that of all dependencies. If a duration
	 * suffix is not specified, seconds will be used.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private @Nullable Duration probeTimeout;

	private final Backoff backoff = new Backoff();

	/**
	 * What the dependency holds up while it does not answer.
	 */
	private Gate gate = Gate.STARTUP;

	private final Watch watch = new Watch();

	/**
	 * Login user of the dependency, unless the URI has it.
	 */
	private @Nullable String username;

	/**
	 * Login password of the dependency, unless the URI has it.
	 */
	private @Nullable String password;

	/**
	 * SSL bundle name. By default, the JVM's default SSL context is used.
	 */
	private @Nullable String sslBundle;

	/**
	 * Fully qualified name of the JDBC driver. By default, auto-detected based on the
	 * URL.
	 */
	private @Nullable String driverClassName;

	/**
	 * HTTP method of the request. By default, GET.
	 */
	private @Nullable String method;

	/**
	 * Expected HTTP status, as codes and ranges such as 200-299,401. By default, 200-399.
	 */
	private @Nullable String status;

	/**
	 * Regular expression to find in the first 64 KiB of the HTTP response's body.
	 */
	private @Nullable String body;

	/**
	 * Whether to follow HTTP redirects. By default, they are not followed.
	 */
	private @Nullable Boolean followRedirects;

	/**
	 * HTTP headers of the request.
	 */
	private final Map<String, String> headers = new LinkedHashMap<>();

	/**
	 * Additional options for the client library, or for a custom probe.
	 */
	private final Map<String, String> options = new LinkedHashMap<>();

	/**
	 * The short form: a dependency with nothing but its URI.
	 * @param uri the URI
	 * @return the dependency
	 */
	public static DependencyProperties valueOf(String uri) {
		DependencyProperties dependency = new DependencyProperties();
		dependency.setUri(uri);
		return dependency;
	}

	public @Nullable String getUri() {
		return this.uri;
	}

	public void setUri(@Nullable String uri) {
		this.uri = uri;
	}

	public boolean isRequired() {
		return this.required;
	}

	public void setRequired(boolean required) {
		this.required = required;
	}

	public @Nullable Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(@Nullable Duration timeout) {
		this.timeout = timeout;
	}

	public @Nullable Duration getProbeTimeout() {
		return this.probeTimeout;
	}

	public void setProbeTimeout(@Nullable Duration probeTimeout) {
		this.probeTimeout = probeTimeout;
	}

	public Backoff getBackoff() {
		return this.backoff;
	}

	public Gate getGate() {
		return this.gate;
	}

	public void setGate(Gate gate) {
		this.gate = gate;
	}

	public Watch getWatch() {
		return this.watch;
	}

	public @Nullable String getUsername() {
		return this.username;
	}

	public void setUsername(@Nullable String username) {
		this.username = username;
	}

	public @Nullable String getPassword() {
		return this.password;
	}

	public void setPassword(@Nullable String password) {
		this.password = password;
	}

	public @Nullable String getSslBundle() {
		return this.sslBundle;
	}

	public void setSslBundle(@Nullable String sslBundle) {
		this.sslBundle = sslBundle;
	}

	public @Nullable String getDriverClassName() {
		return this.driverClassName;
	}

	public void setDriverClassName(@Nullable String driverClassName) {
		this.driverClassName = driverClassName;
	}

	public @Nullable String getMethod() {
		return this.method;
	}

	public void setMethod(@Nullable String method) {
		this.method = method;
	}

	public @Nullable String getStatus() {
		return this.status;
	}

	public void setStatus(@Nullable String status) {
		this.status = status;
	}

	public @Nullable String getBody() {
		return this.body;
	}

	public void setBody(@Nullable String body) {
		this.body = body;
	}

	public @Nullable Boolean getFollowRedirects() {
		return this.followRedirects;
	}

	public void setFollowRedirects(@Nullable Boolean followRedirects) {
		this.followRedirects = followRedirects;
	}

	public Map<String, String> getHeaders() {
		return this.headers;
	}

	public Map<String, String> getOptions() {
		return this.options;
	}

	/**
	 * How a dependency is watched whose gate is readiness.
	 */
	public static class Watch {

		/**
		 * Time between two attempts. If a duration suffix is not specified, seconds will
		 * be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration period = Duration.ofSeconds(5);

		/**
		 * Number of consecutive failures after which the application is unready.
		 */
		private int failures = 3;

		/**
		 * Number of consecutive successes after which the application is ready again.
		 */
		private int successes = 1;

		public Duration getPeriod() {
			return this.period;
		}

		public void setPeriod(Duration period) {
			this.period = period;
		}

		public int getFailures() {
			return this.failures;
		}

		public void setFailures(int failures) {
			this.failures = failures;
		}

		public int getSuccesses() {
			return this.successes;
		}

		public void setSuccesses(int successes) {
			this.successes = successes;
		}

	}

	/**
	 * Pauses between tries of one dependency. Those of all dependencies unless set.
	 */
	public static class Backoff {

		/**
		 * Delay before the first retry of a dependency that answers but is not available
		 * yet. If a duration suffix is not specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration delay;

		/**
		 * Multiplier of the delay after each attempt.
		 */
		private @Nullable Double multiplier;

		/**
		 * Maximum delay between two attempts, without jitter. If a duration suffix is not
		 * specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration maxDelay;

		/**
		 * Maximum random jitter, as a fraction of the delay (0 to 1).
		 */
		private @Nullable Double jitter;

		public @Nullable Duration getDelay() {
			return this.delay;
		}

		public void setDelay(@Nullable Duration delay) {
			this.delay = delay;
		}

		public @Nullable Double getMultiplier() {
			return this.multiplier;
		}

		public void setMultiplier(@Nullable Double multiplier) {
			this.multiplier = multiplier;
		}

		public @Nullable Duration getMaxDelay() {
			return this.maxDelay;
		}

		public void setMaxDelay(@Nullable Duration maxDelay) {
			this.maxDelay = maxDelay;
		}

		public @Nullable Double getJitter() {
			return this.jitter;
		}

		public void setJitter(@Nullable Double jitter) {
			this.jitter = jitter;
		}

	}

}

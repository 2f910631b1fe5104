package io.podlifecycle.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.podlifecycle.context.OnTimeout;
import io.podlifecycle.dependency.Gate;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationUnit;

/**
 * Properties of the wait at the start.
 *
 * @since 0.1.0
 */
public class StartupProperties {

	/**
	 * Whether to wait for dependencies at the start.
	 */
	private boolean enabled = true;

	/**
	 * Longest time to wait for all dependencies together.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private Duration timeout = Duration.ofMinutes(5);

	/**
	 * Longest time of one try.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private Duration probeTimeout = Duration.ofSeconds(2);

	/**
	 * What to do when required dependencies have not answered in time.
	 */
	private OnTimeout onTimeout = OnTimeout.FAIL;

	/**
	 * How often to log what is still missing.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private Duration progressInterval = Duration.ofSeconds(5);

	private final Backoff backoff = new Backoff();

	private final DnsCache dnsCache = new DnsCache();

	private final WaitingRoom waitingRoom = new WaitingRoom();

	private final WarmUp warmUp = new WarmUp();

	/**
	 * What to wait for, by name: a URI, or its 'uri' and more.
	 */
	private final Map<String, Dependency> dependencies = new LinkedHashMap<>();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	public Duration getProbeTimeout() {
		return this.probeTimeout;
	}

	public void setProbeTimeout(Duration probeTimeout) {
		this.probeTimeout = probeTimeout;
	}

	public OnTimeout getOnTimeout() {
		return this.onTimeout;
	}

	public void setOnTimeout(OnTimeout onTimeout) {
		this.onTimeout = onTimeout;
	}

	public Duration getProgressInterval() {
		return this.progressInterval;
	}

	public void setProgressInterval(Duration progressInterval) {
		this.progressInterval = progressInterval;
	}

	public Backoff getBackoff() {
		return this.backoff;
	}

	public DnsCache getDnsCache() {
		return this.dnsCache;
	}

	public WaitingRoom getWaitingRoom() {
		return this.waitingRoom;
	}

	public WarmUp getWarmUp() {
		return this.warmUp;
	}

	public Map<String, Dependency> getDependencies() {
		return this.dependencies;
	}

	/**
	 * Pauses between tries once a live peer has answered, and not as it should. While
	 * nothing is there tries are frequent.
	 */
	public static class Backoff {

		/**
		 * Pause after the first answer that was not the right one.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration delay = Duration.ofMillis(500);

		/**
		 * Factor by which each pause is longer than the one before.
		 */
		private double multiplier = 1.5;

		/**
		 * Longest pause, without its jitter.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration maxDelay = Duration.ofMillis(800);

		/**
		 * Part of a pause, from 0 to 1, that is added at random at the most.
		 */
		private double jitter = 0.2;

		public Duration getDelay() {
			return this.delay;
		}

		public void setDelay(Duration delay) {
			this.delay = delay;
		}

		public double getMultiplier() {
			return this.multiplier;
		}

		public void setMultiplier(double multiplier) {
			this.multiplier = multiplier;
		}

		public Duration getMaxDelay() {
			return this.maxDelay;
		}

		public void setMaxDelay(Duration maxDelay) {
			this.maxDelay = maxDelay;
		}

		public double getJitter() {
			return this.jitter;
		}

		public void setJitter(double jitter) {
			this.jitter = jitter;
		}

	}

	/**
	 * The JVM's cache of DNS look-ups.
	 */
	public static class DnsCache {

		/**
		 * Whether to shorten the JVM's cache of DNS look-ups, for the whole JVM, where it
		 * was left at its default.
		 */
		private boolean enabled = true;

		/**
		 * How long the JVM keeps a good look-up, in whole seconds.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration ttl = Duration.ofSeconds(5);

		/**
		 * How long the JVM keeps a failed look-up, in whole seconds.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration negativeTtl = Duration.ZERO;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public Duration getTtl() {
			return this.ttl;
		}

		public void setTtl(Duration ttl) {
			this.ttl = ttl;
		}

		public Duration getNegativeTtl() {
			return this.negativeTtl;
		}

		public void setNegativeTtl(Duration negativeTtl) {
			this.negativeTtl = negativeTtl;
		}

	}

	/**
	 * What answers probes before the web server does.
	 */
	public static class WaitingRoom {

		/**
		 * Whether probes are answered before the web server starts. On Kubernetes unless
		 * set.
		 */
		private @Nullable Boolean enabled;

		/**
		 * How long liveness is granted before the web server starts.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration maxTime = Duration.ofMinutes(10);

		public @Nullable Boolean getEnabled() {
			return this.enabled;
		}

		public void setEnabled(@Nullable Boolean enabled) {
			this.enabled = enabled;
		}

		public Duration getMaxTime() {
			return this.maxTime;
		}

		public void setMaxTime(Duration maxTime) {
			this.maxTime = maxTime;
		}

	}

	/**
	 * Requests to the application itself before it is ready.
	 */
	public static class WarmUp {

		/**
		 * Paths to request with GET, as a client does.
		 */
		private List<String> paths = new ArrayList<>();

		/**
		 * How often to request each path.
		 */
		private int count = 10;

		/**
		 * How many requests to send at the same time.
		 */
		private int concurrency = 2;

		/**
		 * Longest time of the whole warm-up.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration timeout = Duration.ofSeconds(10);

		/**
		 * Whether a warm-up that fails is a failure of the start.
		 */
		private boolean required;

		public List<String> getPaths() {
			return this.paths;
		}

		public void setPaths(List<String> paths) {
			this.paths = paths;
		}

		public int getCount() {
			return this.count;
		}

		public void setCount(int count) {
			this.count = count;
		}

		public int getConcurrency() {
			return this.concurrency;
		}

		public void setConcurrency(int concurrency) {
			this.concurrency = concurrency;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

		public boolean isRequired() {
			return this.required;
		}

		public void setRequired(boolean required) {
			this.required = required;
		}

	}

	/**
	 * One dependency.
	 */
	public static class Dependency {

		/**
		 * URI of the dependency, by whose scheme the probe is chosen.
		 */
		private @Nullable String uri;

		/**
		 * Whether the application waits for it to the end; else it is tried and reported.
		 */
		private boolean required = true;

		/**
		 * Longest time to wait for it. That of all dependencies unless set.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration timeout;

		/**
		 * Longest time of one try. That of all dependencies unless set.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration probeTimeout;

		private final DependencyBackoff backoff = new DependencyBackoff();

		/**
		 * What it holds up while it does not answer.
		 */
		private Gate gate = Gate.STARTUP;

		private final Watch watch = new Watch();

		/**
		 * Name to log in with, unless the URI has it.
		 */
		private @Nullable String username;

		/**
		 * Password to log in with, unless the URI has it.
		 */
		private @Nullable String password;

		/**
		 * Name of an SSL bundle for TLS to it. The JVM's default unless set.
		 */
		private @Nullable String sslBundle;

		/**
		 * Class of the JDBC driver. The one that accepts the URL unless set.
		 */
		private @Nullable String driverClassName;

		/**
		 * Method of the HTTP request. GET unless set.
		 */
		private @Nullable String method;

		/**
		 * Expected HTTP status, as codes and ranges such as 200-299,401. From 200 to 399
		 * unless set.
		 */
		private @Nullable String status;

		/**
		 * Regular expression to be found in the first 64 KiB of the HTTP answer's body.
		 */
		private @Nullable String body;

		/**
		 * Whether HTTP redirects are followed. They are not unless set.
		 */
		private @Nullable Boolean followRedirects;

		/**
		 * Headers of the HTTP request.
		 */
		private final Map<String, String> headers = new LinkedHashMap<>();

		/**
		 * Further options for the client library, or for a probe of your own.
		 */
		private final Map<String, String> options = new LinkedHashMap<>();

		/**
		 * The short form: a dependency with nothing but its URI.
		 * @param uri the URI
		 * @return the dependency
		 */
		public static Dependency valueOf(String uri) {
			Dependency dependency = new Dependency();
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

		public DependencyBackoff getBackoff() {
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

	}

	/**
	 * How a dependency is watched whose gate is readiness.
	 */
	public static class Watch {

		/**
		 * Time between two tries.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration period = Duration.ofSeconds(5);

		/**
		 * How many tries in a row have to fail before the application is unready.
		 */
		private int failures = 3;

		/**
		 * How many tries in a row have to succeed before it is ready again.
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
	public static class DependencyBackoff {

		/**
		 * Pause after the first answer that was not the right one.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration delay;

		/**
		 * Factor by which each pause is longer than the one before.
		 */
		private @Nullable Double multiplier;

		/**
		 * Longest pause, without its jitter.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration maxDelay;

		/**
		 * Part of a pause, from 0 to 1, that is added at random at the most.
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

package io.podlifecycle.boot;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.podlifecycle.Internal;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationUnit;

/**
 * Properties of the wait at the start.
 *
 * @since 0.1.0
 */
@Internal
public class StartupProperties {

	/**
	 * Whether to wait for dependencies before the application starts.
	 */
	private boolean enabled = true;

	/**
	 * Maximum time to wait for all dependencies together. If a duration suffix is not
	 * specified, seconds will be used.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private Duration timeout = Duration.ofMinutes(5);

	/**
	 * Maximum time of one attempt. If a duration suffix is not specified, seconds will be
	 * used.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private Duration probeTimeout = Duration.ofSeconds(2);

	/**
	 * What to do when required dependencies have not answered in time: end with exit code
	 * 69, or start and stay unready until they have.
	 */
	private OnTimeout onTimeout = OnTimeout.FAIL;

	/**
	 * Whether to end the wait, as if its time were over, as soon as a required dependency
	 * refuses for good, such as a wrong password.
	 */
	private boolean endOnRefusal;

	/**
	 * Interval at which unavailable dependencies are logged. For those that only hold up
	 * readiness the interval doubles, up to one minute. If a duration suffix is not
	 * specified, seconds will be used.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private Duration progressInterval = Duration.ofSeconds(5);

	private final Backoff backoff = new Backoff();

	private final DnsCache dnsCache = new DnsCache();

	private final EarlyProbeServer earlyProbeServer = new EarlyProbeServer();

	private final WarmUp warmUp = new WarmUp();

	/**
	 * Names of health contributors that have to be up once before the application is
	 * ready; a member of a composite one is written as name/member.
	 */
	private List<String> awaitHealth = new ArrayList<>();

	/**
	 * Dependencies to wait for, by name. A URI, or 'uri' and further properties.
	 */
	private final Map<String, DependencyProperties> dependencies = new LinkedHashMap<>();

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

	public boolean isEndOnRefusal() {
		return this.endOnRefusal;
	}

	public void setEndOnRefusal(boolean endOnRefusal) {
		this.endOnRefusal = endOnRefusal;
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

	public EarlyProbeServer getEarlyProbes() {
		return this.earlyProbeServer;
	}

	public WarmUp getWarmUp() {
		return this.warmUp;
	}

	public List<String> getAwaitHealth() {
		return this.awaitHealth;
	}

	public void setAwaitHealth(List<String> awaitHealth) {
		this.awaitHealth = awaitHealth;
	}

	public Map<String, DependencyProperties> getDependencies() {
		return this.dependencies;
	}

	/**
	 * Pauses between tries once a live peer has answered, and not as it should. While
	 * nothing is there tries are frequent.
	 */
	public static class Backoff {

		/**
		 * Delay before the first retry of a dependency that answers but is not available
		 * yet. If a duration suffix is not specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration delay = Duration.ofMillis(500);

		/**
		 * Multiplier of the delay after each attempt.
		 */
		private double multiplier = 1.5;

		/**
		 * Maximum delay between two attempts, without jitter. If a duration suffix is not
		 * specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration maxDelay = Duration.ofMillis(700);

		/**
		 * Maximum random jitter, as a fraction of the delay (0 to 1).
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
		 * Whether to shorten the DNS cache of the JVM, unless it has been configured.
		 */
		private boolean enabled = true;

		/**
		 * Time that the JVM caches a successful lookup, in whole seconds. If a duration
		 * suffix is not specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration ttl = Duration.ofSeconds(5);

		/**
		 * Time that the JVM caches a failed lookup, in whole seconds. If a duration
		 * suffix is not specified, seconds will be used.
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
	public static class EarlyProbeServer {

		/**
		 * Whether to answer probes before the web server starts. Enabled on Kubernetes by
		 * default.
		 */
		private @Nullable Boolean enabled;

		/**
		 * Maximum time for which liveness is reported as up before the web server starts.
		 * If a duration suffix is not specified, seconds will be used.
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
		 * Paths to request with GET before the application is ready.
		 */
		private List<String> paths = new ArrayList<>();

		/**
		 * Further requests to send before the application is ready.
		 */
		private List<Request> requests = new ArrayList<>();

		/**
		 * Number of times that each request is sent, at least.
		 */
		private int count = 10;

		/**
		 * Number of concurrent requests.
		 */
		private int concurrency = 2;

		/**
		 * Whether to go on until the latency has leveled off, within 'timeout'.
		 */
		private boolean untilSteady;

		/**
		 * Maximum time of the whole warm-up. If a duration suffix is not specified,
		 * seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration timeout = Duration.ofSeconds(10);

		/**
		 * Whether a failed warm-up fails the startup.
		 */
		private boolean required;

		public List<String> getPaths() {
			return this.paths;
		}

		public void setPaths(List<String> paths) {
			this.paths = paths;
		}

		public List<Request> getRequests() {
			return this.requests;
		}

		public void setRequests(List<Request> requests) {
			this.requests = requests;
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

		public boolean isUntilSteady() {
			return this.untilSteady;
		}

		public void setUntilSteady(boolean untilSteady) {
			this.untilSteady = untilSteady;
		}

		public boolean isRequired() {
			return this.required;
		}

		public void setRequired(boolean required) {
			this.required = required;
		}

		/**
		 * A request of the warm-up.
		 */
		public static class Request {

			/**
			 * HTTP method.
			 */
			private String method = "GET";

			/**
			 * Path with its query.
			 */
			private String path = "";

			/**
			 * Headers.
			 */
			private Map<String, String> headers = new LinkedHashMap<>();

			/**
			 * Body, sent as UTF-8.
			 */
			private String body = "";

			public String getMethod() {
				return this.method;
			}

			public void setMethod(String method) {
				this.method = method;
			}

			public String getPath() {
				return this.path;
			}

			public void setPath(String path) {
				this.path = path;
			}

			public Map<String, String> getHeaders() {
				return this.headers;
			}

			public void setHeaders(Map<String, String> headers) {
				this.headers = headers;
			}

			public String getBody() {
				return this.body;
			}

			public void setBody(String body) {
				this.body = body;
			}

		}

	}

}

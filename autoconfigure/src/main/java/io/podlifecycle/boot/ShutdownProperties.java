package io.podlifecycle.boot;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import io.podlifecycle.Internal;
import io.podlifecycle.shutdown.PropagationDelay.Mode;
import io.podlifecycle.shutdown.RefuseReadiness;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.convert.DurationUnit;

/**
 * Properties of the graceful shutdown.
 *
 * @since 0.1.0
 */
@Internal
public class ShutdownProperties {

	/**
	 * Whether to enable graceful shutdown.
	 */
	private boolean enabled = true;

	/**
	 * Grace period of the pod, its terminationGracePeriodSeconds. If neither this nor
	 * 'pre-stop-delay' is set, a preStop hook is assumed to take 10s of it on Kubernetes.
	 * If a duration suffix is not specified, seconds will be used.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private @Nullable Duration gracePeriod;

	/**
	 * Part of the grace period that is kept in reserve. If a duration suffix is not
	 * specified, seconds will be used.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private Duration reserve = Duration.ofSeconds(2);

	/**
	 * Part of the grace period that is reserved for closing the application context. If a
	 * duration suffix is not specified, seconds will be used.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private Duration closeTimeout = Duration.ofSeconds(5);

	/**
	 * Time that the preStop hook of the pod takes before SIGTERM. If a duration suffix is
	 * not specified, seconds will be used.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private @Nullable Duration preStopDelay;

	/**
	 * Maximum time to wait for in-flight work. By default, the rest of the grace period.
	 * If a duration suffix is not specified, seconds will be used.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private @Nullable Duration drainTimeout;

	/**
	 * Maximum time for pre-stop tasks, and for listeners to stop. If a duration suffix is
	 * not specified, seconds will be used.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private Duration quiesceTimeout = Duration.ofSeconds(10);

	/**
	 * Time that clients have to close idle connections after the propagation delay. If a
	 * duration suffix is not specified, seconds will be used.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private Duration connectionLinger = Duration.ofSeconds(2);

	/**
	 * When to refuse readiness. With 'never', Spring Boot refuses it when the context
	 * closes.
	 */
	private RefuseReadiness refuseReadiness = RefuseReadiness.IMMEDIATELY;

	/**
	 * What triggers the shutdown.
	 */
	private ShutdownTrigger trigger = ShutdownTrigger.SIGNAL;

	private final Propagation propagation = new Propagation();

	private final Streams streams = new Streams();

	private final TerminationMessage terminationMessage = new TerminationMessage();

	@NestedConfigurationProperty
	private final ParticipantProperties participants = new ParticipantProperties();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable Duration getGracePeriod() {
		return this.gracePeriod;
	}

	public void setGracePeriod(@Nullable Duration gracePeriod) {
		this.gracePeriod = gracePeriod;
	}

	public Duration getReserve() {
		return this.reserve;
	}

	public void setReserve(Duration reserve) {
		this.reserve = reserve;
	}

	public Duration getCloseTimeout() {
		return this.closeTimeout;
	}

	public void setCloseTimeout(Duration closeTimeout) {
		this.closeTimeout = closeTimeout;
	}

	public @Nullable Duration getPreStopDelay() {
		return this.preStopDelay;
	}

	public void setPreStopDelay(@Nullable Duration preStopDelay) {
		this.preStopDelay = preStopDelay;
	}

	public @Nullable Duration getDrainTimeout() {
		return this.drainTimeout;
	}

	public void setDrainTimeout(@Nullable Duration drainTimeout) {
		this.drainTimeout = drainTimeout;
	}

	public Duration getQuiesceTimeout() {
		return this.quiesceTimeout;
	}

	public void setQuiesceTimeout(Duration quiesceTimeout) {
		this.quiesceTimeout = quiesceTimeout;
	}

	public Duration getConnectionLinger() {
		return this.connectionLinger;
	}

	public void setConnectionLinger(Duration connectionLinger) {
		this.connectionLinger = connectionLinger;
	}

	public RefuseReadiness getRefuseReadiness() {
		return this.refuseReadiness;
	}

	public void setRefuseReadiness(RefuseReadiness refuseReadiness) {
		this.refuseReadiness = refuseReadiness;
	}

	public ShutdownTrigger getTrigger() {
		return this.trigger;
	}

	public void setTrigger(ShutdownTrigger trigger) {
		this.trigger = trigger;
	}

	public Propagation getPropagation() {
		return this.propagation;
	}

	public Streams getStreams() {
		return this.streams;
	}

	public TerminationMessage getTerminationMessage() {
		return this.terminationMessage;
	}

	public ParticipantProperties getParticipants() {
		return this.participants;
	}

	/**
	 * The delay until traffic has stopped arriving.
	 */
	public static class Propagation {

		/**
		 * Whether the propagation delay ends once traffic has stopped, or always takes
		 * 'max'.
		 */
		private Mode mode = Mode.ADAPTIVE;

		/**
		 * Minimum propagation delay. If a duration suffix is not specified, seconds will
		 * be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration min = Duration.ofSeconds(5);

		/**
		 * Maximum propagation delay. If a duration suffix is not specified, seconds will
		 * be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration max = Duration.ofSeconds(10);

		/**
		 * Minimum time without requests after which traffic is considered to have
		 * stopped. If a duration suffix is not specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration quietPeriod = Duration.ofSeconds(2);

		/**
		 * When to apply the propagation delay.
		 */
		private PropagationWhen when = PropagationWhen.KUBERNETES;

		private final Ignore ignore = new Ignore();

		public Mode getMode() {
			return this.mode;
		}

		public void setMode(Mode mode) {
			this.mode = mode;
		}

		public Duration getMin() {
			return this.min;
		}

		public void setMin(Duration min) {
			this.min = min;
		}

		public Duration getMax() {
			return this.max;
		}

		public void setMax(Duration max) {
			this.max = max;
		}

		public Duration getQuietPeriod() {
			return this.quietPeriod;
		}

		public void setQuietPeriod(Duration quietPeriod) {
			this.quietPeriod = quietPeriod;
		}

		public PropagationWhen getWhen() {
			return this.when;
		}

		public void setWhen(PropagationWhen when) {
			this.when = when;
		}

		public Ignore getIgnore() {
			return this.ignore;
		}

	}

	/**
	 * What does not count as traffic, besides health checks.
	 */
	public static class Ignore {

		/**
		 * Paths whose requests do not count as traffic, including subpaths.
		 */
		private List<String> paths = new ArrayList<>();

		/**
		 * Prefixes of user agents whose requests do not count as traffic.
		 */
		private List<String> userAgents = new ArrayList<>();

		public List<String> getPaths() {
			return this.paths;
		}

		public void setPaths(List<String> paths) {
			this.paths = paths;
		}

		public List<String> getUserAgents() {
			return this.userAgents;
		}

		public void setUserAgents(List<String> userAgents) {
			this.userAgents = userAgents;
		}

	}

	/**
	 * Server-sent events, WebSocket sessions and other streams.
	 */
	public static class Streams {

		/**
		 * Whether to end server-sent events, WebSocket sessions and gRPC server streams
		 * when the drain begins.
		 */
		private boolean enabled = true;

		/**
		 * Time over which the ends of streams are spread, at most half of the drain. If a
		 * duration suffix is not specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration spread = Duration.ofSeconds(2);

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public Duration getSpread() {
			return this.spread;
		}

		public void setSpread(Duration spread) {
			this.spread = spread;
		}

	}

	/**
	 * The container's termination message.
	 */
	public static class TerminationMessage {

		/**
		 * Path of the termination message, the pod's terminationMessagePath. The file
		 * must exist.
		 */
		private @Nullable Path path = Path.of("/dev/termination-log");

		/**
		 * Format of the termination message.
		 */
		private TerminationMessageFormat format = TerminationMessageFormat.TEXT;

		public @Nullable Path getPath() {
			return this.path;
		}

		public void setPath(@Nullable Path path) {
			this.path = path;
		}

		public TerminationMessageFormat getFormat() {
			return this.format;
		}

		public void setFormat(TerminationMessageFormat format) {
			this.format = format;
		}

	}

}

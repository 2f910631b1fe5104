package io.podlifecycle.rehearsal;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.podlifecycle.rehearsal.node.FrontProxy;
import io.podlifecycle.rehearsal.pod.Pod;
import io.podlifecycle.rehearsal.rollout.EndpointChange;

/**
 * The Service in front of the pods: which of them are its endpoints, and what new
 * connections go to after the lag. Thread-safe; may be locked before the proxy, never
 * after.
 */
final class Service implements AutoCloseable {

	private static final Duration SLACK = Duration.ofSeconds(10);

	private final Settings settings;

	private final Supplier<Duration> clock;

	private final Consumer<EndpointChange> onChange;

	private final Random random;

	private final FrontProxy proxy;

	private final List<EndpointChange> changes = new ArrayList<>();

	private final Map<InetSocketAddress, String> names = new HashMap<>();

	private List<InetSocketAddress> published = List.of();

	private Service(Settings settings, Supplier<Duration> clock, Consumer<EndpointChange> onChange) {
		this.settings = settings;
		this.clock = clock;
		this.onChange = onChange;
		this.random = new Random(settings.seed());
		this.proxy = FrontProxy.start(settings.servicePort(), this::nextLag, this::inEffect);
	}

	/**
	 * Opens a Service without endpoints.
	 * @param settings its port and its lag
	 * @param clock the time of the changes
	 * @param onChange is told of each change that takes effect
	 * @return the Service
	 * @throws RehearsalException if the port is taken
	 */
	static Service open(Settings settings, Supplier<Duration> clock, Consumer<EndpointChange> onChange) {
		try {
			return new Service(settings, clock, onChange);
		}
		catch (UncheckedIOException ex) {
			throw new RehearsalException("The Service cannot listen on port " + settings.servicePort()
					+ ": another process does. Choose another port, or 0 for a free one.", ex);
		}
	}

	private Duration nextLag() {
		long min = this.settings.minLag().toMillis();
		long max = this.settings.maxLag().toMillis();
		return Duration.ofMillis((min == max) ? min : this.random.nextLong(min, max + 1));
	}

	private void inEffect(List<InetSocketAddress> endpoints) {
		EndpointChange change;
		synchronized (this.changes) {
			change = new EndpointChange(this.clock.get(),
					endpoints.stream()
						.map((endpoint) -> this.names.getOrDefault(endpoint, endpoint.toString()))
						.toList());
			this.changes.add(change);
		}
		this.onChange.accept(change);
	}

	/**
	 * Learns the name of a pod that may become an endpoint.
	 */
	void name(Pod pod) {
		synchronized (this.changes) {
			this.names.put(pod.endpoint(), pod.name());
		}
	}

	/**
	 * Publishes those endpoints that are ready now, to take effect after the lag.
	 * @param pods all pods
	 */
	synchronized void publish(List<Pod> pods) {
		List<InetSocketAddress> ready = endpoints(pods, Pod::isReady);
		if (ready.isEmpty()) {
			// kube-proxy falls back to those that leave and still serve.
			ready = endpoints(pods, (pod) -> pod.isDeleted() && pod.isServing());
		}
		if (!ready.equals(this.published)) {
			this.published = ready;
			this.proxy.endpoints(ready);
		}
	}

	private static List<InetSocketAddress> endpoints(List<Pod> pods, Predicate<Pod> wanted) {
		return pods.stream().filter(wanted).map(Pod::endpoint).toList();
	}

	/**
	 * Waits until those endpoints that are ready now are in effect.
	 * @param pods all pods
	 * @throws RehearsalException if that takes longer than the lag explains
	 */
	void awaitInEffect(List<Pod> pods) {
		List<InetSocketAddress> wanted;
		synchronized (this) {
			// A pod is ready a moment before it says so.
			publish(pods);
			wanted = this.published;
		}
		try {
			this.proxy.awaitEndpoints(wanted, this.settings.maxLag().plus(SLACK));
		}
		catch (AssertionError ex) {
			throw new RehearsalException(String.valueOf(ex.getMessage()), ex);
		}
	}

	URI uri(String path) {
		return this.proxy.uri(path);
	}

	/**
	 * Returns the changes that took effect so far.
	 */
	List<EndpointChange> changes() {
		synchronized (this.changes) {
			return List.copyOf(this.changes);
		}
	}

	@Override
	public void close() {
		this.proxy.close();
	}

}

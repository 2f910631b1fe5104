package io.podlifecycle.rehearsal.pod;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.podlifecycle.rehearsal.node.FrontProxy;
import io.podlifecycle.rehearsal.time.Deadline;

/**
 * Models how pods become and cease to be the endpoints of a Service: it asks each pod's
 * readiness URL as the kubelet does ({@code User-Agent: kube-probe/1.33}, 1 s for an
 * answer, 2xx and 3xx are successes) and tells the proxies which endpoints are ready. The
 * lag is the proxies' own.
 * <p>
 * A pod is asked at once and then every period. One success makes it ready, as many
 * failures in a row as the threshold make it not ready.
 * <p>
 * Thread-safe. One daemon thread for each pod.
 *
 * @since 0.1.0
 */
public final class EndpointWatcher implements AutoCloseable {

	private final Probe probe;

	private final List<FrontProxy> proxies;

	private final Map<InetSocketAddress, WatchedPod> pods = new LinkedHashMap<>();

	private final List<WatchedPod> removed = new ArrayList<>();

	private List<InetSocketAddress> ready = List.of();

	private boolean closed;

	/**
	 * Creates a watcher without pods.
	 * @param period the time from one question to the next; 1 ms or more
	 * @param failureThreshold how many failures in a row make a pod not ready, 1 or more
	 * @param proxies who is told
	 */
	public EndpointWatcher(Duration period, int failureThreshold, FrontProxy... proxies) {
		this.probe = Probe.httpGet("/").withPeriod(period).withFailureThreshold(failureThreshold);
		this.proxies = List.of(proxies);
	}

	/**
	 * Begins to ask a pod.
	 * @param endpoint where its traffic goes to
	 * @param readiness the {@code http} URL of its readiness
	 * @throws IllegalStateException if the endpoint is watched and not removed, or the
	 * watcher is closed
	 */
	public synchronized void add(InetSocketAddress endpoint, URI readiness) {
		if (this.closed || this.pods.containsKey(endpoint)) {
			throw new IllegalStateException((this.closed ? "The watcher is closed: " : "Watched already: ") + endpoint);
		}
		// It cannot tell of a change before this method returns.
		this.pods.put(endpoint,
				new WatchedPod("readiness-of-" + endpoint.getPort(), this.probe, readiness, this::publish));
	}

	/**
	 * Makes an endpoint not ready at once and for good, as the API server does when its
	 * pod is deleted. The pod is still asked, as a terminating one is, until it refuses
	 * the connection. Does nothing for an unknown endpoint.
	 * @param endpoint the endpoint
	 */
	public synchronized void remove(InetSocketAddress endpoint) {
		WatchedPod pod = this.pods.remove(endpoint);
		if (pod != null) {
			this.removed.add(pod);
			pod.remove();
		}
	}

	/**
	 * Returns the endpoints that are ready.
	 * @return the endpoints in the order in which they were added
	 */
	public synchronized List<InetSocketAddress> ready() {
		return this.ready;
	}

	/**
	 * Waits until an endpoint is ready, or is not.
	 * @param endpoint the endpoint
	 * @param ready what to wait for
	 * @param timeout how long to wait at most
	 * @throws AssertionError if that does not happen in time, or the wait is interrupted
	 * (the interrupt flag is set then)
	 */
	public synchronized void await(InetSocketAddress endpoint, boolean ready, Duration timeout) {
		String wanted = endpoint + (ready ? " to be ready" : " not to be ready");
		try {
			if (!Deadline.in(timeout).await(this, () -> this.ready.contains(endpoint) == ready)) {
				throw new AssertionError("Waited " + timeout + " in vain for " + wanted + ". Ready are " + this.ready);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for " + wanted, ex);
		}
	}

	private synchronized void publish() {
		List<InetSocketAddress> now = this.pods.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().isReady())
			.map(Map.Entry::getKey)
			.toList();
		if (!now.equals(this.ready) && !this.closed) {
			this.ready = now;
			this.proxies.forEach((proxy) -> proxy.endpoints(now));
			notifyAll();
		}
	}

	/**
	 * Ends all questions. The proxies keep the endpoints that they have.
	 */
	@Override
	public synchronized void close() {
		this.closed = true;
		this.pods.values().forEach(WatchedPod::stop);
		this.removed.forEach(WatchedPod::stop);
	}

}

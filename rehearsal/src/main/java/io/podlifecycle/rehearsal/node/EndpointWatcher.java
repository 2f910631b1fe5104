package io.podlifecycle.rehearsal.node;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.process.HttpProbe;

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

	private static final HttpProbe PROBE = HttpProbe.of("kube-probe/1.33", Duration.ofSeconds(1));

	private final Duration period;

	private final int failureThreshold;

	private final List<FrontProxy> proxies;

	private final Map<InetSocketAddress, ReadinessPoller> pollers = new LinkedHashMap<>();

	private final List<ReadinessPoller> removed = new ArrayList<>();

	private List<InetSocketAddress> ready = List.of();

	private boolean closed;

	/**
	 * Creates a watcher without pods.
	 * @param period the time from one question to the next; positive
	 * @param failureThreshold how many failures in a row make a pod not ready, 1 or more
	 * @param proxies who is told
	 */
	public EndpointWatcher(Duration period, int failureThreshold, FrontProxy... proxies) {
		if (period.isNegative() || period.isZero() || failureThreshold < 1) {
			throw new IllegalArgumentException("The period (" + period
					+ ") must be positive and the failure threshold (" + failureThreshold + ") 1 or more");
		}
		this.period = period;
		this.failureThreshold = failureThreshold;
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
		if (this.closed || this.pollers.containsKey(endpoint)) {
			throw new IllegalStateException((this.closed ? "The watcher is closed: " : "Watched already: ") + endpoint);
		}
		ReadinessPoller poller = new ReadinessPoller(readiness, PROBE, this.period, this.failureThreshold,
				this::publish);
		this.pollers.put(endpoint, poller);
		Thread thread = new Thread(poller, "readiness-of-" + endpoint.getPort());
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Makes an endpoint not ready at once and for good, as the API server does when its
	 * pod is deleted. The pod is still asked, as a terminating one is, until it refuses
	 * the connection. Does nothing for an unknown endpoint.
	 * @param endpoint the endpoint
	 */
	public synchronized void remove(InetSocketAddress endpoint) {
		ReadinessPoller poller = this.pollers.remove(endpoint);
		if (poller != null) {
			this.removed.add(poller);
			poller.remove();
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
		long deadline = System.nanoTime() + timeout.toNanos();
		String wanted = endpoint + (ready ? " to be ready" : " not to be ready");
		try {
			while (this.ready.contains(endpoint) != ready) {
				long remaining = deadline - System.nanoTime();
				if (remaining <= 0) {
					throw new AssertionError(
							"Waited " + timeout + " in vain for " + wanted + ". Ready are " + this.ready);
				}
				TimeUnit.NANOSECONDS.timedWait(this, Math.max(remaining, 1_000_000));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for " + wanted, ex);
		}
	}

	private synchronized void publish() {
		List<InetSocketAddress> now = this.pollers.entrySet()
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
		this.pollers.values().forEach(ReadinessPoller::stop);
		this.removed.forEach(ReadinessPoller::stop);
	}

}

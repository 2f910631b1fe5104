package io.podlifecycle.rehearsal.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.load.Failure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Collects what the clients of one load saw. All state is guarded by this object, whose
 * waiters are told of each change.
 */
final class LoadRecorder {

	static final int KEPT_FAILURES = 10_000;

	private final Instant startedAt = Instant.now();

	private final long startNanos = System.nanoTime();

	private final LatencyHistogram latencies = new LatencyHistogram();

	private final Map<Kind, Long> failuresByKind = new EnumMap<>(Kind.class);

	private final List<Failure> failures = new ArrayList<>();

	private final RequestListener listener;

	private final Map<String, Counts> countsBySort = new LinkedHashMap<>();

	private long requests;

	private long failed;

	private long connections;

	private int runningClients;

	private long endNanos;

	LoadRecorder(int clients) {
		this(clients, (failed, latency) -> {
		});
	}

	LoadRecorder(List<ClientPlan> clients, RequestListener listener) {
		this(clients.size(), listener);
		clients.forEach((client) -> counts(client.name()));
	}

	private LoadRecorder(int clients, RequestListener listener) {
		this.runningClients = clients;
		this.listener = listener;
	}

	synchronized void connected() {
		this.connections++;
	}

	synchronized void succeeded(String client, long nanos) {
		this.latencies.add(nanos);
		countRequest(client, false, Duration.ofNanos(nanos));
	}

	/** Cleanly, or because the load is over. */
	synchronized void streamEnded(String client) {
		countRequest(client, false, null);
	}

	synchronized void event(String client) {
		counts(client).events++;
	}

	synchronized void refusedWithStatus(String client, int status, long nanos, int requestsBefore) {
		this.latencies.add(nanos);
		failed(client, Kind.STATUS, String.valueOf(status), requestsBefore, Duration.ofNanos(nanos));
	}

	synchronized void failed(String client, Kind kind, String detail, int requestsBefore) {
		failed(client, kind, detail, requestsBefore, null);
	}

	private void failed(String client, Kind kind, String detail, int requestsBefore, @Nullable Duration latency) {
		this.failed++;
		this.failuresByKind.merge(kind, 1L, Long::sum);
		if (this.failures.size() < KEPT_FAILURES) {
			Duration at = Duration.ofNanos(System.nanoTime() - this.startNanos);
			this.failures.add(new Failure(at, client, kind, detail, requestsBefore));
		}
		counts(client).failed++;
		countRequest(client, true, latency);
	}

	private void countRequest(String client, boolean failed, @Nullable Duration latency) {
		this.requests++;
		counts(client).requests++;
		this.listener.requestEnded(failed, latency);
		notifyAll();
	}

	private Counts counts(String client) {
		String sort = client.substring(0, client.lastIndexOf('-'));
		return this.countsBySort.computeIfAbsent(sort, (key) -> new Counts());
	}

	synchronized void clientEnded() {
		this.runningClients--;
		this.endNanos = System.nanoTime();
		notifyAll();
	}

	synchronized long requests() {
		return this.requests;
	}

	synchronized long failed() {
		return this.failed;
	}

	synchronized boolean hasEnded() {
		return this.runningClients == 0;
	}

	synchronized boolean awaitRequests(long wanted, Duration timeout) throws InterruptedException {
		long deadline = System.nanoTime() + timeout.toNanos();
		boolean inTime = true;
		while (inTime && this.requests < wanted && !hasEnded()) {
			inTime = waits(deadline);
		}
		return this.requests >= wanted;
	}

	synchronized boolean awaitEnd(Duration timeout) throws InterruptedException {
		long deadline = System.nanoTime() + timeout.toNanos();
		boolean inTime = true;
		while (inTime && !hasEnded()) {
			inTime = waits(deadline);
		}
		return hasEnded();
	}

	private boolean waits(long deadline) throws InterruptedException {
		long remaining = deadline - System.nanoTime();
		if (remaining <= 0) {
			return false;
		}
		TimeUnit.NANOSECONDS.timedWait(this, Math.max(remaining, 1_000_000));
		return true;
	}

	synchronized LoadResult result() {
		long end = hasEnded() ? this.endNanos : System.nanoTime();
		return new LoadResult(this.startedAt, Duration.ofNanos(end - this.startNanos), this.requests, this.connections,
				this.failuresByKind, this.failures, this.latencies.percentile(0.5), this.latencies.percentile(0.99),
				this.latencies.max(), clients());
	}

	private List<ClientsResult> clients() {
		return this.countsBySort.entrySet()
			.stream()
			.map((sort) -> new ClientsResult(sort.getKey(), sort.getValue().requests, sort.getValue().failed,
					sort.getValue().events))
			.toList();
	}

	private static final class Counts {

		private long requests;

		private long failed;

		private long events;

	}

}

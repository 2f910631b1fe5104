package io.podlifecycle.rehearsal.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.podlifecycle.rehearsal.load.Failure.Kind;
import io.podlifecycle.rehearsal.time.Deadline;
import io.podlifecycle.rehearsal.time.Stopwatch;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Collects what the clients of one load saw. All state is guarded by this object, whose
 * waiters are told of each change.
 */
final class LoadRecorder {

	static final int KEPT_FAILURES = 10_000;

	private final Stopwatch stopwatch = Stopwatch.start();

	/** In nanoseconds, precise to 0.1 %. */
	private final Histogram latencies = new Histogram(3);

	private final Map<Kind, Long> failuresByKind = new EnumMap<>(Kind.class);

	private final List<Failure> failures = new ArrayList<>();

	private final RequestListener listener;

	private final Map<String, Counts> countsBySort = new LinkedHashMap<>();

	private long requests;

	private long failed;

	private long connections;

	private int runningClients;

	private Duration length = Duration.ZERO;

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
		this.latencies.recordValue(nanos);
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
		this.latencies.recordValue(nanos);
		failed(client, Kind.STATUS, String.valueOf(status), requestsBefore, Duration.ofNanos(nanos));
	}

	synchronized void failed(String client, Kind kind, String detail, int requestsBefore) {
		failed(client, kind, detail, requestsBefore, null);
	}

	private void failed(String client, Kind kind, String detail, int requestsBefore, @Nullable Duration latency) {
		this.failed++;
		this.failuresByKind.merge(kind, 1L, Long::sum);
		if (this.failures.size() < KEPT_FAILURES) {
			this.failures.add(new Failure(this.stopwatch.elapsed(), client, kind, detail, requestsBefore));
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
		this.length = this.stopwatch.elapsed();
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
		Deadline.in(timeout).await(this, () -> this.requests >= wanted || hasEnded());
		return this.requests >= wanted;
	}

	synchronized boolean awaitEnd(Duration timeout) throws InterruptedException {
		return Deadline.in(timeout).await(this, this::hasEnded);
	}

	synchronized LoadResult result() {
		return new LoadResult(this.stopwatch.startedAt(), hasEnded() ? this.length : this.stopwatch.elapsed(),
				this.requests, this.connections, this.failuresByKind, this.failures, latency(50), latency(99),
				latency(100), clients());
	}

	private Duration latency(double percentile) {
		return Duration.ofNanos(this.latencies.getValueAtPercentile(percentile));
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
